// A part of the client that is fetched later, and asked for again where the network failed it.

const RETRY_MS = 3_000;

export class Lazy<Module> {
  module = $state.raw<Module | null>(null);
  failed = $state(false);
  private asked = false;

  constructor(private readonly load: () => Promise<Module>) {}

  fetch(): void {
    if (this.asked) return;
    this.asked = true;
    this.load().then(
      (module) => {
        this.module = module;
        this.failed = false;
      },
      () => {
        this.failed = true;
        this.asked = false;
        setTimeout(() => this.fetch(), RETRY_MS);
      },
    );
  }
}
