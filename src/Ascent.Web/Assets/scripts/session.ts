/**
 * Tells people before they are signed out, lets them stay, and keeps what they typed when it is too late: the page stays as it is,
 * signing in opens beside it, and a form is sent only while the same account is signed in.
 */
const idleWarning = 5 * 60;
const endWarning = 10 * 60;
// So long the last look is believed: nobody idles out in a minute.
const trusted = 60 * 1000;

interface State {
  account: string;
  idle: number;
  end: number;
}

async function ask(stay: boolean): Promise<State | null> {
  const response = await fetch(stay ? "/session/stay" : "/session", { credentials: "same-origin", cache: "no-store" });
  return response.status === 200 ? ((await response.json()) as State) : null;
}

function element<T extends HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}

export function startSession(): void {
  const account = document.body.dataset.account;
  const dialog = element<HTMLDialogElement>("session-dialog");
  if (!account || !dialog) {
    return;
  }
  const parts = ["idle", "end", "gone", "other"] as const;
  const show = (part: (typeof parts)[number]): void => {
    for (const name of parts) {
      const words = element(`session-${name}`);
      if (words) {
        words.hidden = name !== part;
      }
    }
    if (!dialog.open) {
      dialog.showModal();
    }
  };
  let warnedOfEnd = false;
  let timer = 0;
  const lately = { seen: 0 };
  const follow = (state: State | null): void => {
    window.clearTimeout(timer);
    if (!state) {
      show("gone");
      timer = window.setTimeout(() => void look(), 5000);
      return;
    }
    if (state.account !== account) {
      show("other");
      return;
    }
    lately.seen = Date.now();
    if (state.end <= endWarning && !warnedOfEnd) {
      warnedOfEnd = true;
      show("end");
    } else if (state.idle <= idleWarning) {
      show("idle");
    } else if (!element("session-end") || element("session-end")?.hidden !== false) {
      dialog.close();
    }
    const next = Math.min(state.idle > idleWarning ? state.idle - idleWarning : state.idle, state.end > endWarning ? state.end - endWarning : state.end);
    timer = window.setTimeout(() => void look(), (Math.max(next, 1) + 1) * 1000);
  };
  const look = async (): Promise<void> => follow(await ask(false));
  element("session-stay")?.addEventListener("click", () => void ask(true).then((state) => (dialog.close(), follow(state))));
  element("session-close")?.addEventListener("click", () => dialog.close());
  // Somebody may have signed in or out in another tab meanwhile.
  document.addEventListener("visibilitychange", () => document.hidden || void look());
  guardForms(account, lately, follow);
  void look();
}

/** Before a form goes out: is the same account still signed in? If not, the page stays and says so. */
function guardForms(account: string, lately: { seen: number }, follow: (state: State | null) => void): void {
  let passed = false;
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (passed || form.method !== "post" || event.defaultPrevented || Date.now() - lately.seen < trusted) {
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    void ask(false)
      .catch(() => undefined)
      .then((state) => {
        // A check that could not be made stops nobody: the server decides.
        if (state === undefined || state?.account === account) {
          passed = true;
          form.requestSubmit(button);
          passed = false;
        } else {
          follow(state);
        }
      });
  });
}
