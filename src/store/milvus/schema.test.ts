import { describe, expect, it } from "vitest";
import { milvusFields, milvusIndexes, ownFields, searchParameters } from "./schema.ts";

const passages = { name: "passages", text: ["owner", "record"], keys: ["owner"], terms: "words" };

describe("a collection of Milvus", () => {
  it("weighs terms by BM25 as LanceDB does, and indexes its keys", () => {
    const indexes = milvusIndexes(passages).map(({ field_name, index_type, params }) => [
      field_name,
      index_type,
      params,
    ]);
    expect(indexes).toEqual([
      [ownFields.sparse, "SPARSE_INVERTED_INDEX", { bm25_k1: 1.2, bm25_b: 0.75 }],
      ["owner", "INVERTED", undefined],
    ]);
  });

  it("has no function where nothing is searched by terms, and no vectors where it has none", () => {
    const { terms: _, ...vectorsAlone } = { ...passages, vector: { column: "vector", dimension: 4 } };
    expect(milvusFields(vectorsAlone).functions).toEqual([]);
    expect(milvusFields(passages).fields.map(({ data_type }) => data_type)).not.toContain("FloatVector");
  });

  it("maps long texts from disk and keeps keys in memory", () => {
    const { fields } = milvusFields(passages);
    const mapped = fields.filter(({ type_params }) => type_params?.["mmap.enabled"]).map(({ name }) => name);
    expect(mapped).toEqual(["record", "words"]);
  });

  it("is searched wide enough whatever index an operator chose, and told nothing where each vector is compared", () => {
    expect(searchParameters("FLAT", 10)).toEqual({});
    expect(searchParameters("HNSW", 10)).toEqual({ ef: 200 });
    expect(searchParameters("HNSW_SQ", 500)).toEqual({ ef: 1_000 });
    expect(searchParameters("IVF_RABITQ", 10)).toEqual({ nprobe: 64 });
    expect(searchParameters("DISKANN", 10)).toEqual({ search_list: 200 });
  });
});
