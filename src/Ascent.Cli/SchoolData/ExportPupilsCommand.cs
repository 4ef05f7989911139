using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ascent.Accounts.Operators;
using Ascent.Privacy;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.SchoolData;

internal static class ExportPupilsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Server server)
    {
        var urn = Options.Urn();
        var to = new Option<FileInfo?>("--out") { HelpName = "FILE", Description = "A file to be made; one that is there already is left alone. Without it the file goes to the screen, or where that leads" };
        var one = new Option<string?>("--pupil") { HelpName = "UPN", Description = "Only this pupil, as JSON: everything that the record holds, with its history. A UPN, or the number of the record" };
        var withLeavers = new Option<bool>("--with-leavers") { Description = "Those who have left too, with their last day; without it the file imports again as it is" };
        var command = new Command("export", "The pupils of a school as a CSV file, with names; the log says that it went out") { urn, to, one, withLeavers };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var school = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetRequiredValue(urn), cancellationToken);
            if (!school.Succeeded)
                return server.Terminal.Refuse(school.Refusals, json: false);
            var (file, actor) = (parse.GetValue(to), school.Value.Actor);
            Task<Result<int>> WriteAsync(Stream stream) => parse.GetValue(one) is { } pupil
                ? WriteOneAsync(services, pupil, actor, stream, cancellationToken)
                : WriteAllAsync(services, new(Status: parse.GetValue(withLeavers) ? null : PupilStatus.OnRoll), actor, stream, cancellationToken);
            return file is null ? await ToScreenAsync(server.Terminal, WriteAsync) : await ToFileAsync(server.Terminal, file.FullName, WriteAsync);
        });
        return command;
    }

    private static async Task<int> ToScreenAsync(Terminal terminal, Func<Stream, Task<Result<int>>> write)
    {
        using var held = new MemoryStream();
        var written = await write(held);
        if (!written.Succeeded)
            return terminal.Refuse(written.Refusals, json: false);
        terminal.Output.Write(Encoding.UTF8.GetString(held.ToArray()).TrimStart('\ufeff'));
        return ExitCode.Done;
    }

    private static async Task<int> ToFileAsync(Terminal terminal, string path, Func<Stream, Task<Result<int>>> write)
    {
        try
        {
            Result<int> written;
            // Before the log says that it went out: a file that cannot be made is no export.
            await using (var stream = Make(path))
                written = await write(stream);
            if (!written.Succeeded)
            {
                File.Delete(path);
                return terminal.Refuse(written.Refusals, json: false);
            }
            terminal.Say($"{InWords.Count(written.Value, "pupil", "pupils")} written to {path}. It holds names: keep it as safe as the records.");
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse([new CannotWrite(exception.Message)], json: false);
        }
    }

    private static async Task<Result<int>> WriteAllAsync(IServiceProvider services, PupilsQuery query, Actor actor, Stream stream, CancellationToken cancellationToken)
    {
        var export = services.GetRequiredService<ExportPupils>();
        var begun = await export.BeginAsync(query, actor, cancellationToken);
        if (begun.Succeeded)
            await export.WriteAsync(query, actor, stream, cancellationToken);
        return begun;
    }

    private static async Task<Result<int>> WriteOneAsync(IServiceProvider services, string which, Actor actor, Stream stream, CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<ErasePupil>().FindAsync(which, actor, cancellationToken);
        if (!found.Succeeded)
            return Result.Refuse<int>(found.Refusals);
        var copy = await services.GetRequiredService<ExportPupil>().ExecuteAsync(found.Value.Id, actor, cancellationToken);
        if (!copy.Succeeded)
            return Result.Refuse<int>(copy.Refusals);
        await JsonSerializer.SerializeAsync(stream, copy.Value, Json, cancellationToken);
        return 1;
    }

    // Nobody else on the machine reads it.
    private static FileStream Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    private sealed record CannotWrite(string Why) : Refusal("cannot-write", $"The file cannot be made: {Why}", RefusalKind.Refused);
}
