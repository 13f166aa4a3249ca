/** Answers to a question about texts that several collectors ask. The oldest give way to new ones. */
export class AnswersByText<Answer> {
  readonly #answers = new Map<string, Answer>();
  #characters = 0;

  /** `most`: the characters of all texts whose answers are kept. */
  public constructor(private readonly most: number) {}

  /** The answer for a text, from `workOut` if none is kept. */
  public of(text: string, workOut: (text: string) => Answer): Answer {
    const known = this.#answers.get(text);
    if (known !== undefined) return known;
    const answer = workOut(text);
    this.#characters += text.length;
    for (const old of this.#answers.keys()) {
      if (this.#characters <= this.most) break;
      this.#answers.delete(old);
      this.#characters -= old.length;
    }
    this.#answers.set(text, answer);
    return answer;
  }
}
