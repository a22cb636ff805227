import { describe, expect, it } from "vitest";
import { keyForLibrary, strangerOf } from "./key-for-library.ts";

const environment = { embedderApiKey: "secret", embedderHost: "api.example.org" };

describe("the key of embedders", () => {
  it("goes to this machine and to the host that its owner named", () => {
    expect(keyForLibrary("openai:http://127.0.0.1:8080/v1#e5", environment)).toBe("secret");
    expect(keyForLibrary("openai:https://api.example.org/v1#e5", environment)).toBe("secret");
  });

  it("goes to no other host that a library names", () => {
    for (const source of [
      "openai:https://elsewhere.example.net/v1#e5",
      "openai:https://api.example.org.elsewhere.example.net/v1#e5",
      "openai:https://api.example.org@elsewhere.example.net/v1#e5",
      "tei:https://api.example.org:8443",
      "onnx:folder",
      "openai:http:evil.example/http://localhost",
      "openai:folder/http://localhost/",
    ]) {
      expect(keyForLibrary(source, environment), source).toBeUndefined();
    }
    expect(
      keyForLibrary("openai:https://api.example.org/v1#e5", { embedderApiKey: "secret" }),
    ).toBeUndefined();
  });
});

describe("images", () => {
  it("go to this machine and to the host that its owner named, and to no other that a library names", () => {
    for (const source of [
      "onnx:folder",
      "infinity:http://localhost:1#m",
      "jina:https://api.example.org/v1#m",
    ]) {
      expect(strangerOf(source, environment), source).toBeUndefined();
    }
    expect(strangerOf("jina:https://api.example.org:8443/v1#m", environment)).toBe("api.example.org:8443");
    expect(strangerOf("jina:https://api.example.org/v1#m", {})).toBe("api.example.org");
  });
});
