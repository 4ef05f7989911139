/**
 * Asks the device for a passkey and sends the form with what it answers. The server makes the question and looks at the answer; nothing is
 * kept here.
 */
interface Descriptor {
  id: string;
  type: "public-key";
}

interface Question {
  challenge: string;
  rpId?: string;
  user?: { id: string; name: string; displayName: string };
  allowCredentials?: Descriptor[];
  excludeCredentials?: Descriptor[];
}

const bytes = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;

const text = (buffer: ArrayBuffer | null): string | null =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const descriptors = (list?: Descriptor[]): PublicKeyCredentialDescriptor[] => (list ?? []).map((d) => ({ type: d.type, id: bytes(d.id) }));

/** A sentence for the page instead of an answer. */
class Told extends Error {}

async function fetchQuestion(address: string, form: HTMLFormElement): Promise<Question> {
  const token = form.querySelector<HTMLInputElement>("input[name=form]")?.value ?? "";
  const response = await fetch(address, { method: "POST", credentials: "same-origin", cache: "no-store", redirect: "error", body: new URLSearchParams({ form: token }) });
  const json = response.headers.get("Content-Type")?.startsWith("application/json") ? ((await response.json()) as Question & { said?: string }) : null;
  if (json?.said) {
    throw new Told(json.said);
  }
  if (!response.ok || !json) {
    throw new Told("The server did not answer. Load the page again, then try once more.");
  }
  return json;
}

async function use(question: Question): Promise<object> {
  const publicKey = { ...question, challenge: bytes(question.challenge), allowCredentials: descriptors(question.allowCredentials) } as PublicKeyCredentialRequestOptions;
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    ...about(found),
    response: {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  };
}

async function add(question: Question): Promise<object> {
  const publicKey = {
    ...question,
    challenge: bytes(question.challenge),
    user: { ...question.user, id: bytes(question.user?.id ?? "") },
    excludeCredentials: descriptors(question.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return { ...about(made), response: { attestationObject: text(response.attestationObject), clientDataJSON: text(response.clientDataJSON), transports: response.getTransports?.() ?? [] } };
}

const about = (credential: PublicKeyCredential): object => ({ id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {} });

function words(problem: unknown, deed: string): string {
  if (problem instanceof Told) {
    return problem.message;
  }
  if (problem instanceof DOMException && problem.name === "InvalidStateError") {
    return "This device already has a passkey for your account. Use that one, or add a passkey on another device.";
  }
  if (problem instanceof DOMException && (problem.name === "NotAllowedError" || problem.name === "AbortError")) {
    return deed === "add"
      ? "No passkey was added: the device’s window was closed, or it took too long. Try again when you are ready."
      : "No passkey was used: the device’s window was closed, it took too long, or there is none on this device. Try again, or go on in another way.";
  }
  return deed === "add" ? "This device or browser cannot make a passkey. Try another, or use an authenticator app." : "The passkey could not be asked. Try again, or go on in another way.";
}

export function startPasskeys(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
    const button = part.querySelector("button");
    const field = part.querySelector<HTMLInputElement>("input[type=hidden]");
    const said = part.querySelector<HTMLElement>("[role=alert]");
    const form = part.closest("form");
    if (!button || !field || !said || !form) {
      continue;
    }
    const say = (sentence: string): void => {
      said.textContent = sentence;
      said.hidden = !sentence;
    };
    if (!("PublicKeyCredential" in window)) {
      button.disabled = true;
      say("This browser knows no passkeys.");
      continue;
    }
    const deed = part.dataset.passkey ?? "use";
    button.addEventListener("click", () => {
      say("");
      button.disabled = true;
      void fetchQuestion(part.dataset.question ?? "", form)
        .then(deed === "add" ? add : use)
        .then((answer) => {
          field.value = JSON.stringify(answer);
          form.requestSubmit();
        })
        .catch((problem: unknown) => {
          say(words(problem, deed));
          button.disabled = false;
          button.focus();
        });
    });
    // Back from the next page, the old answer is worth nothing.
    window.addEventListener("pageshow", () => ((field.value = ""), (button.disabled = false)));
  }
}
