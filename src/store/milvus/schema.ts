import type { CreateIndexSimpleReq, FieldType, FunctionObject } from "@zilliz/milvus2-sdk-node";
import type { CollectionSchema } from "../collection.ts";
import { longestText } from "./long-text.ts";

/** Fields that the store adds. */
export const ownFields = {
  /** The texts that are too long for their columns. */
  overflow: "store_overflow",
  /** What of the `terms` column is searched: its terms with a space between. */
  analyzed: "store_terms",
  /** The weights of these terms, computed by Milvus. */
  sparse: "store_sparse",
} as const;

type Fields = { fields: FieldType[]; functions: FunctionObject[] };
export type MilvusIndex = Omit<CreateIndexSimpleReq, "collection_name" | "field_name"> & {
  field_name: string;
};

const longText = { data_type: "VarChar", max_length: longestText } as const;
// Texts are read from disk where a cluster has them; a query node keeps the keys and vectors in memory alone.
const onDisk = { "mmap.enabled": "true" };

/** The fields of a collection and the function that makes the weights of BM25. */
export function milvusFields({ text, keys, terms, vector }: CollectionSchema): Fields {
  const columns = [...text, ...(terms === undefined ? [] : [terms])];
  const fields: FieldType[] = [
    { name: "id", ...longText, is_primary_key: true },
    ...columns.map((name) => ({
      name,
      ...longText,
      ...(keys.includes(name) ? {} : { type_params: onDisk }),
    })),
    {
      name: ownFields.overflow,
      data_type: "Array",
      element_type: "VarChar",
      max_length: longestText,
      max_capacity: 4096,
    },
  ];
  if (vector) fields.push({ name: vector.column, data_type: "FloatVector", dim: vector.dimension });
  if (terms === undefined) return { fields, functions: [] };
  fields.push(
    {
      name: ownFields.analyzed,
      ...longText,
      enable_analyzer: true,
      analyzer_params: { tokenizer: "standard" },
    },
    { name: ownFields.sparse, data_type: "SparseFloatVector", is_function_output: true },
  );
  const bm25: FunctionObject = {
    name: "bm25",
    type: "BM25",
    input_field_names: [ownFields.analyzed],
    output_field_names: [ownFields.sparse],
    params: {},
  };
  return { fields, functions: [bm25] };
}

/** The indexes of a new collection. Vectors are compared one by one until `graphIndex` takes the place of theirs. */
export function milvusIndexes({ keys, terms, vector }: CollectionSchema): MilvusIndex[] {
  return [
    ...(vector ? [flatIndex(vector.column)] : []),
    ...(terms === undefined ? [] : [bm25Index]),
    ...keys.map((name) => ({ field_name: name, index_name: name, index_type: "INVERTED" })),
  ];
}

const bm25Index: MilvusIndex = {
  field_name: ownFields.sparse,
  index_name: ownFields.sparse,
  index_type: "SPARSE_INVERTED_INDEX",
  metric_type: "BM25",
  params: { bm25_k1: 1.2, bm25_b: 0.75 },
};

function flatIndex(column: string): MilvusIndex {
  return { field_name: column, index_name: column, index_type: "FLAT", metric_type: "COSINE", params: {} };
}

/** M and efConstruction as LanceDB's index here has them (m 20, 150), rounded up. */
export function graphIndex(column: string): MilvusIndex {
  const params = { M: 24, efConstruction: 200 };
  return { field_name: column, index_name: column, index_type: "HNSW", metric_type: "COSINE", params };
}

/** What a search by an index of this type is told, so that it finds nearly all of the nearest; an exact one is told nothing. */
export function searchParameters(indexType: string, top: number): Record<string, number> {
  const width = Math.max(200, 2 * top);
  if (indexType.startsWith("HNSW")) return { ef: width };
  if (indexType.startsWith("IVF")) return { nprobe: 64 };
  return indexType === "DISKANN" ? { search_list: width } : {};
}
