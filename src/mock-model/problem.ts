/** What a server says instead of a reply; each door puts it in its vendor's form. */
export type Problem = {
  status: number;
  message: string;
  /** The field that is wrong. */
  param?: string;
  /** The value of a Retry-After header. */
  retryAfter?: string;
  retrySeconds?: number;
};

/** Thrown where a request is refused. */
export class RequestProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}
