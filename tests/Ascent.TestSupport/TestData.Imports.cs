using System.Text;
using Ascent.SchoolData.Imports;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    public const string RollHeading = "UPN,Surname,Forename,Date of birth,Sex,Year group";

    /// <summary>A file of pupils given and checked, by the use cases themselves; gives the import as the review has it.</summary>
    public async Task<ImportSummary> ImportAsync(TestMember manager, string text, bool isWholeRoll = false, string name = "roll.csv")
    {
        var id = await ReceiveAsync(manager, text, isWholeRoll, name);
        await Get<CheckImport>().ExecuteAsync(manager.School.Id, id, CancellationToken.None);
        return (await Get<ReadImports>().FindAsync(id, manager.Actor, CancellationToken.None))!.Value.Import;
    }

    public async Task<Guid> ReceiveAsync(TestMember manager, string text, bool isWholeRoll = false, string name = "roll.csv")
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await Get<ReceiveImport>().ExecuteAsync(new(text.StartsWith('<') ? Path.ChangeExtension(name, ".xml") : name, file, isWholeRoll, Again: true, TakesAnyDestination: true), manager.Actor, CancellationToken.None)).Value.ImportId;
    }

    public async Task<ConfirmedImport> ConfirmAsync(TestMember manager, ImportSummary import) =>
        (await Get<ConfirmImport>().ExecuteAsync(import.Id, import.Version, manager.Actor, CancellationToken.None)).Value;
}
