/**
 * Every error code of the product with its cure. A code is stable: scripts may depend on it.
 * The cure is one sentence that says what to do; the message at the place of the throw says what happened.
 */
export const errorCures = {
  "usage-invalid": "Run the command with --help to see its arguments and examples.",
  "question-empty": "Give a question, an image (--image FILE), or both.",
  "question-too-long": "Shorten the question; long texts belong into the library (library add).",
  "option-invalid": "Give two or more options, each with a label of its own and a text, as in A=Pneumonia.",
  "library-missing": "Build one with: medrounds library add PATH, or try the demo: medrounds demo.",
  "library-empty": "Add passages or cases first: medrounds library add PATH.",
  "library-folder-occupied": "Name an empty or a new folder: --library DIR.",
  "library-unreadable": "Restore the folder from a copy, or add the sources again into a new --library DIR.",
  "library-newer":
    "Install the version of MedRounds that wrote it, or add the sources into a new --library DIR.",
  "library-older":
    "Add the sources again into a new --library DIR; the demo is built anew by: medrounds demo.",
  "library-busy":
    "Wait until that command has ended, then run this one again; if none runs there, delete the lock file that the message names.",
  "embedder-mismatch":
    "Use the embedder that made the library's vectors, or make them anew: of texts by medrounds library embed --replace, of images by adding them into a new --library DIR.",
  "vectors-missing":
    "Embed the library's texts with: medrounds library embed --embedder SOURCE, or choose --retriever bm25.",
  "vector-invalid": "Check the embedder: every vector must be finite and have the dimension it declares.",
  "entry-missing":
    "Check the name: library status names corpora and embedders, search --json the ids; nothing was removed.",
  "path-missing":
    "Check the path; relative paths start at the folder in which you run the command, those in medrounds.yaml at its own folder.",
  "path-unreadable": "Give the current user permission to read it.",
  "path-not-file": "Name a regular file, not a folder, a pipe or a device.",
  "path-unwritable": "Give the current user permission to write there, or choose another folder.",
  "path-occupied": "Name another file or folder, or move what is there.",
  "disk-full": "Free space on the disk, then run the same command again; what was done is kept.",
  "file-empty": "Replace it with the complete file.",
  "file-too-large": "Split it into smaller files, or save an image in a smaller form.",
  "file-outside-folder":
    "Keep every file inside the folder that is added, without links that lead out of it.",
  "file-unsupported":
    "Name its format with --format, or convert it to a format that MedRounds reads; medrounds library add --help tells them.",
  "file-not-text": "Save it as UTF-8 text.",
  "file-damaged": "Replace it with the complete file, or check it with a validator of its format.",
  "file-encrypted": "Save a copy of it without a password.",
  "file-without-text":
    "Leave it out; of scanned pages, recognize the text first (OCR) and save the file with that text.",
  "node-too-old": "Use Node 22.15 or newer, or unpack the file yourself.",
  "file-expands-too-far": "Unpack it yourself and check what it holds before adding it.",
  "file-compression-broken": "Replace it with the complete archive; the rows before the damage were read.",
  "row-not-json": "Write one JSON object a line.",
  "row-invalid": "Correct the field that the message names.",
  "row-too-long": "Split the row: a line may have at most 16 MB.",
  "row-without-text": "Give the row a text or a title, or a file if it is a case.",
  "data-set-invalid": "Correct what the message names: the split, the filter, or the rows.",
  "data-set-unclear":
    "Name the form of the files with format: in the suite; the message and docs/data-sets.md tell the names.",
  "training-data-empty":
    "Loosen the selection (--with-wrong, --min-reward, --difficulty, --margin), or read why rollouts were kept apart in the message.",
  "predictions-invalid":
    "Name a pred.json, result.json or result.jsonl of RALM-Path; a result.json needs the test file too: --gold FILE.",
  "sample-invalid": "Correct the row, or leave it out; the other rows are read.",
  "sample-duplicate": "Leave out one of the two rows, or give it an id of its own.",
  "sample-changed": "Start the run again: its files are no longer those that were read.",
  "prompt-invalid":
    "Correct the line that the message names; recipes/prompts/few-shot/medrounds.yaml has every key.",
  "few-shot-leaking":
    "Keep patients and slides on one side: split the data set anew, or name a pool that has none of them.",
  "few-shot-file-invalid":
    "Name a file of records in RALM-Path's form: a list of records with images and conversations.",
  "suite-invalid": "Correct the line that the message names; docs/suite.schema.json names every key.",
  "judge-missing": "Name a judge that the message lists, or a Markdown file: ./my-judge.md.",
  "judge-invalid": "Correct the key that the message names; the files in recipes/judges are examples.",
  "judge-uncalibrated": "Ask a stronger model to judge, or correct the judge's prompt or its test cases.",
  "judge-unreachable":
    "Start the judge's model server, or correct judge: in the suite (endpoint, model, apiKeyFrom); eval rescore scores answers without a judge.",
  "run-missing": "Name the folder that eval run --out wrote.",
  "run-unscored": "Score it first: medrounds eval rescore DIR.",
  "run-unreadable": "Restore run.json from a copy, or run the suite into a new folder: --out DIR.",
  "run-differs":
    "Give the suite the name of the run that it is to go on with, or name another folder: --out DIR.",
  "run-busy":
    "Wait until that command has ended, then run this one again; if none runs there, delete the lock file that the message names.",
  "reward-profile-unknown":
    "Name a profile, a reward or a weight as the message tells them; docs/rewards.md has them all.",
  "training-data-missing":
    "Export data there first: medrounds train export DIR --engine NAME --kind KIND --out DATA; a recipe of several stages looks for a folder of each stage's name.",
  "training-plan-invalid":
    "Name a folder that train plan --out wrote, or correct the key of its plan.json that the message names.",
  "engine-missing": "Install it with the command that the message names, then run the same command again.",
  "training-service-failed":
    "Correct the service's command in plan.json by what its last lines say; they stand in its log, too.",
  "trainer-failed":
    "Read the end of the log that the message names, correct the cause, and run the same command again: it goes on with the newest checkpoint.",
  "safety-checklist-invalid":
    "Correct the key that the message names; recipes/rewards/safety.yaml is an example.",
  "cases-too-few":
    "Give a manifest with images of at least four patients, slides or, where neither is known, ids.",
  "split-leaking": "Leave --group out, or group by what the images share: --group patient or --group slide.",
  "id-conflict": "Add with --replace to take the new content, or with another --name to keep both.",
  "image-not-image": "Replace it with a real PNG, JPEG, WebP, TIFF or DICOM file.",
  "image-truncated": "Replace it with the complete file.",
  "image-too-large": "Resize it to at most 100 megapixels and 16,384 pixels a side.",
  "image-unreadable": "Open it in an image editor and save it again as PNG.",
  "image-kind-refused": "Ask about an image that the recipe takes, with another --recipe, or without one.",
  "question-not-medical":
    "Ask a medical question, say in it what is medical about it, or ask without the recipe.",
  "recipe-missing":
    "Name a recipe that the message lists, or a folder that holds a recipe.yaml: --recipe ./my-recipe.",
  "recipe-invalid":
    "Correct the key that the message names; the recipes that come with MedRounds are examples.",
  "decoding-limit": "Leave it out, or save its image in a smaller or simpler form.",
  "burned-in-text":
    "Black out the text in the original, or add it without --refuse-burned-in if it names nobody.",
  "dicom-damaged":
    "Export the file again from the archive it came from, or check it with a validator of DICOM (such as dciodvfy).",
  "dicom-without-pixels": "Leave it out: reports, plans, contours and the like hold no picture.",
  "dicom-form-unsupported":
    "Export it from the archive in another form, such as uncompressed explicit little endian.",
  "frame-missing": "Name a frame from 1 to the number of frames.",
  "box-invalid":
    "Draw a box of at least 8 × 8 pixels inside the image, as x,y,width,height in pixels or in shares of 0 to 1.",
  "store-invalid":
    "Write the store as lancedb or as milvus://host:port/name (milvus+https:// for TLS), with a name of letters, digits and underscores.",
  "store-mismatch": "Leave --store out, or add the sources into a new --library DIR.",
  "store-client-missing": "Install it beside MedRounds: npm install @zilliz/milvus2-sdk-node@3.0.6",
  "store-unreachable":
    "Start the store's server or correct its address, then run the same command again; what was done is kept.",
  "store-refused": "Read the server's message; a token is given by MEDROUNDS_MILVUS_TOKEN.",
  "store-text-too-long": "Split the text into smaller passages or documents, or keep the library in LanceDB.",
  "script-invalid":
    "Correct the line or key that the message names; docs/guides/mock-model.md tells them all.",
  "destination-refused":
    "Report it as a defect: MedRounds sends nothing to a host that its configuration does not name.",
  "endpoint-missing": "Give --endpoint URL and --model NAME; to ask without a model, use --policy reader.",
  "endpoint-invalid": "Write it as http(s)://host[:port], with /v1 where the server is OpenAI-compatible.",
  "endpoint-unreachable": "Start the model server, or correct --endpoint.",
  "endpoint-refused": "Check the model name and the key (MEDROUNDS_API_KEY), and read the server's message.",
  "endpoint-broken": "Try again; if it happens again, read the model server's log.",
  "endpoint-busy":
    "Ask again in a while; fewer requests at once are set by limits.requests in medrounds.yaml.",
  "endpoint-stalled":
    "Try again, or read the model server's log; a longer wait is set by limits.idleSeconds in medrounds.yaml.",
  "continuation-unsupported":
    "Use a server that continues a turn (vLLM, SGLang, llama.cpp), or let the policy begin a new one.",
  "model-refused": "Reword the question, or try another model.",
  "reply-too-long":
    "Try another model or policy; a longer reply is allowed by limits.outputTokens in medrounds.yaml.",
  "images-too-many":
    "Ask about fewer images; where the model takes more, raise limits.images in medrounds.yaml.",
  "image-over-limit":
    "Make the image smaller; where the model takes larger ones, raise limits.imageBytes or limits.imagePixels in medrounds.yaml.",
  "local-model-missing":
    "Start a model server on this machine, as with: ollama serve, or give its address: --endpoint URL.",
  "local-model-unclear": "Name one with --model NAME, or its server with --endpoint URL.",
  "calibration-invalid":
    "Fit the calibration again, or leave it out of the command, the environment and medrounds.yaml.",
  "calibration-unfounded":
    "Name an arm with more answered questions whose options have probabilities, as of a model that tells log-probabilities.",
  "calibration-mismatch":
    "Fit a calibration for this model, or leave it out of the command, the environment and medrounds.yaml.",
  "configuration-missing": "Correct the path after --config, or leave it out.",
  "configuration-invalid": "Correct the line that the message names; docs/settings.md names every key.",
  "variable-invalid":
    "Correct the variable that the message names, or unset it; docs/settings.md tells what it may hold.",
  "reply-invalid":
    "Run the same command again: only what failed is asked again; if it stays so, try another model or a higher token limit.",
  "model-source-invalid":
    "Write it as onnx:FOLDER, openai:http://HOST/v1#MODEL or tei:http://HOST, a reranker also as cohere:http://HOST/v1#MODEL, an image encoder as onnx:FOLDER or infinity:http://HOST#MODEL.",
  "embedder-family-unknown": "Name the family in the source, as in onnx:FOLDER?family=bge-m3.",
  "model-unusable":
    "Give a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx, or a hub id that has them.",
  "service-unreachable": "Start the server of the embedder or reranker, or correct its address.",
  "service-refused":
    "Check the model's name and the key (MEDROUNDS_EMBEDDER_API_KEY with MEDROUNDS_EMBEDDER_HOST, MEDROUNDS_RERANKER_API_KEY), and read the server's message.",
  "service-broken": "Check that the address is that of an embedding or reranking server, and read its log.",
  "score-invalid": "Check the reranker: every score must be a finite number.",
  "records-unreadable":
    "Give a SQLite or DuckDB file: --records FILE; check that it opens in its own program.",
  "records-client-missing": "Install it beside MedRounds: npm install @duckdb/node-api@1.5.6-r.1",
  "records-node-too-old": "Use Node 24.10 or newer.",
  "query-refused": "Read the database's message; only one SELECT, WITH … SELECT or EXPLAIN is run.",
  "queries-too-many":
    "Answer with what was found; more look-ups are allowed by --max-queries, or by maxQueries in medrounds.yaml.",
  "query-too-long": "Ask for less: name the rows by a WHERE, and join tables by their keys.",
  "query-too-large": "Ask for less at once: name the columns, and group or sort fewer rows.",
  "query-broken": "Ask again, or ask for less at once.",
  "image-view-invalid":
    "Name an image of the round by its number, and what to do with it; a window only for what was a DICOM file.",
  "images-derived-too-many": "Answer with the images that are there: a round derives 8 of them.",
  "records-missing": "Name the database: --records FILE, MEDROUNDS_RECORDS, or records in medrounds.yaml.",
  "model-silent": "Raise the token limit of the model server, or try another model or policy.",
  "download-missing":
    "Check the page that the recipe names: the file may have moved; --mirror URL names another host.",
  "download-refused":
    "Read on the recipe's page who may have the file, or name another host with --mirror URL.",
  "download-unreachable":
    "Check the connection, then run the same command again: what arrived is kept; --mirror URL names another host.",
  "download-broken":
    "Run the same command again; if it fails again, a proxy or a login page may stand between, or --mirror URL be wrong.",
  "download-corrupt":
    "Run the same command again; if it fails again, the source has changed or something on the way alters it.",
  "archive-unsafe": "Do not use this archive; tell those who publish it.",
  "archive-broken": "Delete the archive and run the same command again.",
  "archive-nested": "Unpack the archive inside it yourself, then add the folder.",
  "key-invalid":
    "Give a key of 16 bytes or more, as 64 hexadecimal digits in its file; with another key, patients and studies get other ids.",
  "transformers-missing": "Install it beside MedRounds: npm install @huggingface/transformers@4.3.1",
  "image-text-unreadable":
    "Name a folder with config.json, tokenizer.json, tokenizer_config.json, preprocessor_config.json, and text_model.onnx and vision_model.onnx (or one model.onnx) beside them or in a folder onnx.",
  "image-encoder-unusable":
    "Give a folder with vision_model.onnx or model.onnx (in it or in its folder onnx) and preprocessor_config.json, and for texts text_model.onnx with tokenizer.json and tokenizer_config.json.",
  "image-family-unknown":
    "Name the family in the source, as in onnx:FOLDER?family=medclip, or add the model's preprocessor_config.json to the folder.",
  "golden-mismatch":
    "Export the model again with the library versions that its authors name, or correct golden.json if it is wrong.",
  "encoder-host-unknown":
    "If that host may get every image that is searched with, set MEDROUNDS_EMBEDDER_HOST to it.",
  "similarity-missing":
    "Start the server with --image-text onnx:FOLDER and --similarity-images DIR, the folder of the training images.",
  "request-invalid": "Correct the field that the message names; /openapi.json describes every request.",
  "request-too-large": "Send less at once: the message names the limit.",
  "server-busy": "Try again in a moment.",
  "server-closing": "Start the server again and repeat the request.",
  "address-in-use": "Choose another --port, or stop what listens there.",
  "token-missing": "Open the address with ?token=… that the server printed, or send Authorization: Bearer.",
  "token-needed": "Give --token, since others can reach this address; or leave --host at 127.0.0.1.",
  "host-refused": "Open the page at the address that the server printed.",
  "route-missing": "See /openapi.json for every address of this server.",
  "round-missing": "Ask the question again.",
  "round-unreadable": "Ask the question again; the folder of this round was damaged or altered.",
  "resume-impossible": "Ask the question again; if it ends so again, read the server's log.",
  "record-unreadable":
    "Name a file that ask --record, --events or --json wrote, or the events.jsonl of a server's round; name another file to record a new round.",
  "record-busy":
    "Wait until that command has ended, or name another file; if none runs there, delete the lock file that the message names.",
  "replay-impossible":
    "Ask the question again with --record FILE; what older versions recorded does not hold all that a replay needs.",
  "replay-differs":
    "Replay it with the version of MedRounds that recorded it; if it is this one, the record was altered.",
  "resume-differs":
    "Give the same question, images, model and options as before, or name another file to record a new round.",
  "evidence-missing": "Search again; the library may have changed.",
  "page-missing": "Build it with: npm run build:page.",
  "time-exceeded": "Raise the time limit (--time-limit SECONDS), or ask a narrower question.",
  interrupted: "Run the same command again; what was done is kept.",
  "web-search-missing":
    "Configure one with --web-search SERVICE; docs/guides/web-search.md tells the services.",
  "web-search-invalid":
    "Correct --web-search, MEDROUNDS_WEB_SEARCH or webSearch in medrounds.yaml; docs/guides/web-search.md tells how they are written.",
  "web-search-key-missing":
    "Set MEDROUNDS_WEB_SEARCH_KEY; where medrounds.yaml names the service, name the key's variable beside it: keyFrom: NAME.",
  "web-search-refused":
    "Check the service's key, in MEDROUNDS_WEB_SEARCH_KEY or where webSearch.keyFrom says, and what the account allows.",
  "web-search-unreachable": "Ask again in a while, or choose another service with --web-search.",
  "web-search-broken": "Check that the address is that of the search service, or choose another service.",
  "web-page-refused": "Open the page in a browser if you trust it; MedRounds reads public web pages only.",
  "web-page-unreadable": "Open the page in a browser; the round goes on with the search service's excerpt.",
  "query-names-patient": "Ask in words that name no patient; ids and names never go to a search service.",
  "web-query-too-long": "Ask for the main words only.",
  "tool-failed": "Check the library (medrounds library status), then ask again.",
  internal: "This is a defect of MedRounds: please report it with that trace.",
} as const satisfies Record<string, string>;
