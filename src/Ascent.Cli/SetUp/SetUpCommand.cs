using System.CommandLine;
using System.CommandLine.Parsing;
using Ascent.Accounts;
using Ascent.Cli.Accounts;
using Ascent.Cli.Organisations;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SetUp;
using Ascent.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.SetUp;

/// <summary>The pages at /set-up in one command: database, schools, first administrator.</summary>
internal static class SetUpCommand
{
    private static readonly SchoolPhase[] Phases = Enum.GetValues<SchoolPhase>();

    public static Command Create(Server server)
    {
        var typed = new Typed();
        var json = Options.Json();
        var command = new Command("setup", "Set up an empty server: database, first schools, first administrator. The pages at /set-up do the same");
        foreach (var option in typed.All.Append(json))
            command.Options.Add(option);
        command.Validators.Add(typed.Check);
        server.Handle(command, Needs.Settings, async (parse, services, cancellationToken) =>
        {
            var answers = typed.Read(parse);
            var asJson = parse.GetValue(json);
            if ((await PrepareAsync(services, answers, cancellationToken)) is { Count: > 0 } refusals)
                return server.Terminal.Refuse(refusals, asJson, AtOption);
            if (await SchoolsAsync(server.Terminal, services, answers, asJson, cancellationToken) is { Count: > 0 } faults)
                return server.Terminal.Refuse(faults, asJson, AtOption);
            var added = await services.GetRequiredService<AddSchoolAdministrator>().ExecuteAsync(
                new(answers.Urn, answers.Forename, answers.Surname, answers.Email, answers.AcceptsMixedScript, answers.Role, default), cancellationToken);
            if (!added.Succeeded)
                return server.Terminal.Refuse(added.Refusals, asJson, AtOption);
            AddAdministratorCommand.Tell(server.Terminal, added.Value, services.GetRequiredService<ServerSettings>(), asJson);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Everything that can be refused is, before the first row is written.</summary>
    private static async Task<IReadOnlyList<Refusal>> PrepareAsync(IServiceProvider services, Answers answers, CancellationToken cancellationToken)
    {
        Refusal[] faults =
        [
            .. PersonDetails.Read(answers.Forename, answers.Surname, answers.Email, answers.AcceptsMixedScript).Refusals,
            .. answers.School is { } school ? AddSchool.Check(school) : [],
        ];
        if (faults.Length > 0)
            return faults;
        var check = await services.GetRequiredService<CheckDatabase>().ExecuteAsync(migratesItself: true, cancellationToken);
        if (!check.Succeeded)
            return check.Refusals;
        await services.GetRequiredService<MigrateDatabase>().ExecuteAsync(cancellationToken);
        return (await services.GetRequiredService<CheckFirstRun>().ExecuteAsync(cancellationToken)).Refusals;
    }

    private static async Task<IReadOnlyList<Refusal>> SchoolsAsync(Terminal terminal, IServiceProvider services, Answers answers, bool asJson, CancellationToken cancellationToken)
    {
        if (answers.Register is { } register)
        {
            using var file = LoadSchoolsCommand.Open(terminal, register);
            if (file is null)
                return [new UnreadableRegister()];
            var load = await LoadSchoolsCommand.LoadAsync(terminal, services.GetRequiredService<LoadSchools>(), file, asJson, cancellationToken);
            if (!load.Succeeded)
                return load.Refusals;
            LoadSchoolsCommand.Complain(terminal, load.Value, []);
        }
        else if (answers.School is { } school)
        {
            var added = await services.GetRequiredService<AddSchool>().ExecuteAsync(school, Actor.Operator, cancellationToken);
            if (!added.Succeeded)
                return added.Refusals;
        }
        await LoadSchoolsCommand.OpenSeatsAsync(terminal, services.GetRequiredService<OpenSeats>(), asJson, cancellationToken);
        return [];
    }

    private static string AtOption(Refusal refusal) => refusal switch
    {
        { Field: "Urn" } => $"--urn: {refusal.Message}",
        { Field: "Name" } => $"--name: {refusal.Message}",
        { Field: "Phase" } => $"--phase: {refusal.Message}",
        { Field: "LowAge" } => $"--low-age: {refusal.Message}",
        { Field: "HighAge" } => $"--high-age: {refusal.Message}",
        _ => Options.AtOption(refusal),
    };

    private sealed record UnreadableRegister() : Refusal("register-unreadable", "No schools were loaded.", RefusalKind.Refused);

    private sealed record Answers(
        FileInfo? Register, string Urn, AddSchoolRequest? School, string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, JobRole Role);

    /// <summary>What can be typed: the school by the register or by hand, and the person.</summary>
    private sealed class Typed
    {
        private readonly Option<FileInfo> register = new Option<FileInfo>("--register") { HelpName = "FILE", Description = "The register’s list of all establishments, edubasealldata….csv" }.AcceptExistingOnly();
        private readonly Option<string> urn = new("--urn") { Required = true, HelpName = "URN", Description = "The school of the first administrator" };
        private readonly Option<string?> name = new("--name") { HelpName = "NAME", Description = "Of the school, when it is typed by hand and not in the register" };
        private readonly Option<SchoolPhase?> phase = new("--phase")
        {
            HelpName = "PHASE",
            Description = $"Of the school: {string.Join(", ", Phases)}",
            CustomParser = result => Options.ReadName(result, result.Tokens[0].Value, Phases),
        };
        private readonly Option<int?> lowAge = new("--low-age") { HelpName = "AGE" };
        private readonly Option<int?> highAge = new("--high-age") { HelpName = "AGE" };
        private readonly Option<string> forename = new("--forename") { Required = true, HelpName = "NAME", Description = "Of the first administrator" };
        private readonly Option<string> surname = new("--surname") { Required = true, HelpName = "NAME" };
        private readonly Option<string> email = new("--email") { Required = true, HelpName = "ADDRESS", Description = "Becomes the user name; the sign-up link is mailed there" };
        private readonly Option<JobRole> role = AddAdministratorCommand.Role();
        private readonly Option<bool> mixed = Options.AcceptMixedScript();

        public IEnumerable<Option> All => [register, urn, name, phase, lowAge, highAge, forename, surname, email, role, mixed];

        public void Check(CommandResult result)
        {
            Option[] byHand = [name, phase, lowAge, highAge];
            var given = byHand.Where(o => result.GetResult(o) is not null).ToArray();
            if (result.GetResult(register) is not null && given.Length > 0)
                result.AddError("Say the school by --register or by hand (--name, --phase, --low-age, --high-age), not both.");
            else if (given.Length > 0 && given.Length < byHand.Length)
                result.AddError($"A school by hand also needs {string.Join(", ", byHand.Except(given).Select(o => o.Name))}.");
        }

        /// <summary>With neither register nor a school by hand, the school is to be here already.</summary>
        public Answers Read(ParseResult parse) => new(
            parse.GetValue(register),
            parse.GetRequiredValue(urn).Trim(),
            parse.GetValue(name) is null ? null : new(parse.GetValue(urn), parse.GetValue(name), parse.GetValue(phase), parse.GetValue(lowAge), parse.GetValue(highAge), null),
            parse.GetValue(forename), parse.GetValue(surname), parse.GetValue(email), parse.GetValue(mixed), parse.GetValue(role));
    }
}
