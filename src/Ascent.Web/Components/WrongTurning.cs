namespace Ascent.Web.Components;

/// <summary>A page that could not be had: refused, missing, broken, expired or shut for a while. The partial _WrongTurning shows it.</summary>
/// <param name="Number">The status, small: people read it out to support.</param>
/// <param name="Paragraphs">What happened, why, and whom to ask.</param>
/// <param name="Actions">The first is the way on, a button; the others are links.</param>
/// <param name="Reference">What support finds in the log; null when nothing broke.</param>
public sealed record WrongTurning(int Number, string Title, IReadOnlyList<string> Paragraphs, IReadOnlyList<WrongTurningAction> Actions, string? Reference = null);

public sealed record WrongTurningAction(string Label, string Href);
