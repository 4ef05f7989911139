// GOV.UK Frontend hides and shows by these two classes. They are set by a small blocking script at the top of the
// page, so that nothing jumps when the main script arrives; an inline script would need a hole in the content policy.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
