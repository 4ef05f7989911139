using System.Globalization;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>A sound UPN that no other test pupil of this database has; all carry the number for tests.</summary>
    public string NextUpn()
    {
        var rest = string.Create(CultureInfo.InvariantCulture, $"99920012{Next():0000}");
        return $"{Upn.CheckLetter(rest)}{rest}";
    }

    /// <summary>The fields of a sound pupil, as a form would have them, with these changes.</summary>
    public static Dictionary<PupilField, string?> PupilText(params (PupilField Field, string? Text)[] changes)
    {
        var typed = new Dictionary<PupilField, string?>
        {
            [PupilField.Surname] = "Benson", [PupilField.Forename] = "Ada", [PupilField.BornOn] = "4/3/2018", [PupilField.Sex] = "F", [PupilField.EnrolledOn] = "1/9/2022",
        };
        foreach (var (field, text) in changes)
            typed[field] = text;
        return typed;
    }

    /// <summary>A pupil on the roll, made by the use case itself.</summary>
    public async Task<Guid> AddPupilAsync(TestMember manager, params (PupilField Field, string? Text)[] changes) =>
        (await Get<AddPupil>().ExecuteAsync(new(PupilText(changes), AcceptsNamesake: true), manager.Actor, CancellationToken.None)).Value;
}
