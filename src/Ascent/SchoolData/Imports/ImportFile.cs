using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>
/// The file of an import as it came, for readers that go back and forth: put together in a file on this machine that nobody else can open and
/// that is gone when it is closed, or when the process ends.
/// </summary>
internal static class ImportFile
{
    public static async Task<Stream> OpenAsync(Database database, ServerSettings settings, Guid organisationId, Guid importId, CancellationToken cancellationToken)
    {
        var file = Unnamed(settings);
        try
        {
            for (var number = 0; ; number++)
            {
                var wanted = number;
                var bytes = await database.ReadAsync(OrganisationScope.Of(organisationId), db => db.Set<ImportChunk>()
                    .Where(c => c.ImportId == importId && c.Number == wanted).Select(c => c.Bytes).SingleOrDefaultAsync(cancellationToken));
                if (bytes is null)
                    break;
                await file.WriteAsync(bytes, cancellationToken);
            }
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static FileStream Unnamed(ServerSettings settings)
    {
        var folder = Path.Combine(settings.DataFolder, "imports");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Where a file that is open can lose its name, a killed process leaves nothing behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
