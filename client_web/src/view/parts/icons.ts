// Pictograms, 24 by 24, drawn with one pen. A kind is a pack's own word: those that look alike share one, and a kind
// that has none gets the knot of the lattice.

const ICONS: Record<string, string> = {
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
  place: "M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11ZM12 12.200a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.800Z",
  item: "M4 8l8-4 8 4v8l-8 4-8-4V8ZM4 8l8 4 8-4M12 12v8",
  document: "M6 3.500h8l4 4v13H6v-17ZM14 3.500v4h4M9 12h6M9 16h6",
  account: "M3.5 9.5 12 4l8.5 5.500h-17ZM5.5 10v7M10 10v7M14 10v7M18.5 10v7M3.5 20h17",
  vehicle: "M4 16.500v-4l2-5h12l2 5v4H4ZM4 12.500h16M7 16.500v2.500M17 16.500v2.500M7.2 14.500h1.600M15.2 14.500h1.6",
  ad: "M4 10v4l9 4V6l-9 4ZM13 8.500c2 .3 3.5 1.7 3.5 3.500s-1.5 3.2-3.5 3.500M6.5 15v4.500h2.500v-3.5",
  case: "M4 7.500h16v12H4v-12ZM9 7.500V5h6v2.500M4 12.500h16",
  unit: "M12 3.5l7 2.500v5.500c0 4.5-2.8 7.5-7 9-4.2-1.5-7-4.5-7-9V6l7-2.500ZM8.5 12l2.5 2.5 4.5-4.5",
  site: "M4.5 20.500v-11L12 4l7.5 5.500v11M4.5 20.500h15M9.5 20.500v-6h5v6",
  organisation: "M5 20.500V4.500h9v16M14 9.500h5v11M3.5 20.500h17M8 8h3M8 12h3M8 16h3",
  knot: "M5 5l14 14M19 5L5 19M12 14.200a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.400Z",
  lock: "M6.5 11h11v9h-11v-9ZM9 11V8a3 3 0 0 1 6 0v3",
  bell: "M6 16.500c1.2-1.2 1.5-2.6 1.5-5.500a4.5 4.5 0 0 1 9 0c0 2.9.3 4.3 1.5 5.500H6ZM10.3 19.500a2 2 0 0 0 3.4 0",
  book: "M5 5.500c2.5-1 5-.8 7 .8 2-1.6 4.5-1.8 7-.8v13c-2.5-1-5-.8-7 .8-2-1.6-4.5-1.8-7-.8v-13ZM12 6.300v13",
  hand: "M8 12.500V6.200a1.5 1.5 0 0 1 3 0v4.3-6a1.5 1.5 0 0 1 3 0v6-4.500a1.5 1.5 0 0 1 3 0v7.500c0 4-2 7-5.5 7-2.8 0-4-1.3-5.3-3.800l-2-3.900c-.7-1.5 1-2.5 2-1.300l1.8 2Z",
  people: "M9 11.500a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.600ZM2.8 19.500c.5-3.4 3-5 6.2-5s5.7 1.6 6.2 5M15.5 5.200a3.2 3.2 0 0 1 0 6.100M17.5 14.900c2.1.6 3.4 2.2 3.7 4.6",
  papers: "M8 7.500h10.500v13H8v-13ZM5.5 17V4H16M11 12h4.500M11 16h4.5",
  share: "M12 15V4M8 7.5 12 3.500l4 4M5.5 12v8h13v-8",
  write: "M4.5 19.500l1-4L16 5l3 3L8.5 18.500l-4 1ZM13.5 7.500l3 3",
  ear: "M7 10a5 5 0 0 1 10 0c0 3.5-3.5 4.2-3.5 7a3 3 0 0 1-5.5 1.700M9.8 10.500a2.2 2.2 0 0 1 4.4 0c0 1.7-1.7 1.9-1.7 3.5",
  check: "M5 12.500l4.5 4.500L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  clock: "M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.500V12l3 2",
  curtain: "M4 4.500h16M6 4.500c0 7-.5 11-2 15h5c1-5 1-10 1-15M18 4.500c0 7 .5 11 2 15h-5c-1-5-1-10-1-15",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.800a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.600Z",
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
