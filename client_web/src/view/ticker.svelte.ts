// Wall time for the screen, once a second and only while somebody looks. The only clock the screens read.

class Ticker {
  now_ms = $state(Date.now());

  start(): void {
    const tick = () => {
      if (!document.hidden) this.now_ms = Date.now();
    };
    setInterval(tick, 1_000);
    document.addEventListener("visibilitychange", tick);
  }
}

export const ticker = new Ticker();
