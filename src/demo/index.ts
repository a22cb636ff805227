/**
 * The demo that ships with the product: synthetic images drawn by code, passages, and questions about them.
 * It is no medical data, no benchmark and no test fixture; it neither builds a library nor asks a question.
 * May import: contracts, statistics, platform, imaging.
 */
export { type DemoQuestion, demoQuestions } from "./questions.ts";
export { writeDemo } from "./write-demo.ts";
