using System.Security.Cryptography;
using System.Text;

namespace Ascent.Shared.Keys;

/// <summary>
/// The one secret outside the database. Everything kept secret inside it hangs on this key: the key ring, activation codes, the audit
/// chain's HMAC. It is a file in the data folder, or ASCENT_MASTER_KEY.
/// </summary>
public sealed class MasterKey
{
    private const int Bytes = 32;
    private readonly byte[] key;

    private MasterKey(byte[] key) => this.key = key;

    /// <summary>A key for one purpose; the same purpose gives the same 32 bytes, and no key tells another.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Bytes, salt: null, info: Encoding.UTF8.GetBytes($"ascent/{purpose}"));

    /// <param name="setting">The value of ASCENT_MASTER_KEY: 32 bytes in base 64; empty means the file.</param>
    /// <exception cref="FormatException">The setting or the file does not hold a key. The text does not repeat it.</exception>
    public static MasterKey Load(string? setting, string dataFolder)
    {
        if (!string.IsNullOrWhiteSpace(setting))
            return Read(setting, "ASCENT_MASTER_KEY");
        var file = FileIn(dataFolder);
        if (!File.Exists(file))
            Create(file);
        return Read(File.ReadAllText(file), file);
    }

    /// <summary>Where the key lies when ASCENT_MASTER_KEY is not set.</summary>
    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "keys", "master.key");

    public static MasterKey Of(ReadOnlySpan<byte> key) => key.Length == Bytes ? new(key.ToArray()) : throw new FormatException("A master key has 32 bytes.");

    private static MasterKey Read(string text, string from)
    {
        var bytes = new byte[Bytes];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var written) && written == Bytes
            ? new(bytes)
            : throw new FormatException($"{from} has to hold 32 bytes in base 64. `openssl rand -base64 32` makes such a key.");
    }

    private static void Create(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Written aside and moved, so that nobody ever reads half a key. A move that does not overwrite looks first and moves then: of two
        // starts at once both would move, so only one at a time may look.
        while (!File.Exists(file))
        {
            using var turn = TakeTurn(file);
            if (turn is null)
                Thread.Sleep(10);
            else if (!File.Exists(file))
                Write(file);
        }
    }

    private static FileStream? TakeTurn(string file)
    {
        try
        {
            return new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (Directory.Exists(Path.GetDirectoryName(file)))
        {
            return null;
        }
    }

    private static void Write(string file)
    {
        var aside = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(aside, options))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        File.Move(aside, file, overwrite: false);
    }
}
