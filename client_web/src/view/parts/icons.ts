// Pictograms, 24 by 24, drawn with one pen. A kind is a pack's own word: those that look alike share one, and a kind
// that has none gets the knot of the lattice.

const ICONS: Record<string, string> = {
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
  place: "M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11ZM12 12.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z",
  item: "M4 8l8-4 8 4v8l-8 4-8-4V8ZM4 8l8 4 8-4M12 12v8",
  document: "M6 3.5h8l4 4v13H6v-17ZM14 3.5v4h4M9 12h6M9 16h6",
  account: "M3.5 9.5 12 4l8.5 5.5h-17ZM5.5 10v7M10 10v7M14 10v7M18.5 10v7M3.5 20h17",
  vehicle: "M4 16.5v-4l2-5h12l2 5v4H4ZM4 12.5h16M7 16.5v2.5M17 16.5v2.5M7.2 14.5h1.6M15.2 14.5h1.6",
  ad: "M4 10v4l9 4V6l-9 4ZM13 8.5c2 .3 3.5 1.7 3.5 3.5s-1.5 3.2-3.5 3.5M6.5 15v4.5h2.5v-3.5",
  case: "M4 7.5h16v12H4v-12ZM9 7.5V5h6v2.5M4 12.5h16",
  unit: "M12 3.5l7 2.5v5.5c0 4.5-2.8 7.5-7 9-4.2-1.5-7-4.5-7-9V6l7-2.5ZM8.5 12l2.5 2.5 4.5-4.5",
  site: "M4.5 20.5v-11L12 4l7.5 5.5v11M4.5 20.5h15M9.5 20.5v-6h5v6",
  organisation: "M5 20.5V4.5h9v16M14 9.5h5v11M3.5 20.5h17M8 8h3M8 12h3M8 16h3",
  knot: "M5 5l14 14M19 5L5 19M12 14.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  lock: "M6.5 11h11v9h-11v-9ZM9 11V8a3 3 0 0 1 6 0v3",
  bell: "M6 16.5c1.2-1.2 1.5-2.6 1.5-5.5a4.5 4.5 0 0 1 9 0c0 2.9.3 4.3 1.5 5.5H6ZM10.3 19.5a2 2 0 0 0 3.4 0",
  book: "M5 5.5c2.5-1 5-.8 7 .8 2-1.6 4.5-1.8 7-.8v13c-2.5-1-5-.8-7 .8-2-1.6-4.5-1.8-7-.8v-13ZM12 6.3v13",
  hand: "M8 12.5V6.2a1.5 1.5 0 0 1 3 0v4.3-6a1.5 1.5 0 0 1 3 0v6-4.5a1.5 1.5 0 0 1 3 0v7.5c0 4-2 7-5.5 7-2.8 0-4-1.3-5.3-3.8l-2-3.9c-.7-1.5 1-2.5 2-1.3l1.8 2Z",
  people: "M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6ZM2.8 19.5c.5-3.4 3-5 6.2-5s5.7 1.6 6.2 5M15.5 5.2a3.2 3.2 0 0 1 0 6.1M17.5 14.9c2.1.6 3.4 2.2 3.7 4.6",
  papers: "M8 7.5h10.5v13H8v-13ZM5.5 17V4H16M11 12h4.5M11 16h4.5",
  share: "M12 15V4M8 7.5 12 3.5l4 4M5.5 12v8h13v-8",
  write: "M4.5 19.5l1-4L16 5l3 3L8.5 18.5l-4 1ZM13.5 7.5l3 3",
  ear: "M7 10a5 5 0 0 1 10 0c0 3.5-3.5 4.2-3.5 7a3 3 0 0 1-5.5 1.7M9.8 10.5a2.2 2.2 0 0 1 4.4 0c0 1.7-1.7 1.9-1.7 3.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
  curtain: "M4 4.5h16M6 4.5c0 7-.5 11-2 15h5c1-5 1-10 1-15M18 4.5c0 7 .5 11 2 15h-5c-1-5-1-10-1-15",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Z",
  menu: "M5 7h14M5 12h14M5 17h14",
};

const PAPERS = /document|form|slip|list|ticket|report|crossing|register/;
const VEHICLES = /vehicle|bus|car$|truck/;

/** Is this kind something on paper? */
export function isPaper(kind: string): boolean {
  return PAPERS.test(kind);
}

/** The lines of a pictogram, by its own name or by a kind's. */
export function iconOf(name: string): string | undefined {
  if (name in ICONS) return ICONS[name];
  if (isPaper(name)) return ICONS.document;
  return VEHICLES.test(name) ? ICONS.vehicle : ICONS.knot;
}
