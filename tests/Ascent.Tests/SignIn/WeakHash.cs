using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Ascent.Tests.SignIn;

/// <summary>A stored hash with less work in it than today's, as an earlier version might have left it.</summary>
internal static class WeakHash
{
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 8192, NumberOfPasses = 1 });
        return $"$argon2id$v=19$m=8192,t=1,p=1${Base64(salt)}${Base64(argon2.DeriveBytes(Encoding.UTF8.GetBytes(password), salt, 32))}";
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
