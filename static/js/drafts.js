// Keeps what is not saved yet in this browser, until the site has it.
// A draft is { unit: { base, at, entries } }: see autosave.js for what a unit is.

export class Drafts {
  constructor(key) {
    this.key = `scorecard-draft:${key}`;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {}; // no storage here, or not ours
    }
  }

  keep(unit, draft) {
    this.write({ ...this.all(), [unit]: { ...draft, at: Date.now() } });
  }

  drop(unit) {
    const drafts = this.all();
    delete drafts[unit];
    this.write(drafts);
  }

  write(drafts) {
    try {
      if (Object.keys(drafts).length) {
        localStorage.setItem(this.key, JSON.stringify(drafts));
      } else {
        localStorage.removeItem(this.key);
      }
    } catch {
      // Storage is full or forbidden: the text still stands in the page.
    }
  }
}
