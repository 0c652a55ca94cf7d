using System.Security.Cryptography;

namespace Assay.Server.Access;

/// <summary>Codes by which a browser signs in: each once, for ten minutes. They live in memory only.</summary>
internal sealed class SignInCodes(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // Nobody needs more at a time; the oldest makes room.
    private const int Most = 16;
    private const int CodeBytes = 24;

    private readonly Lock gate = new();
    private readonly List<SignInCode> open = [];

    public SignInCode New()
    {
        var code = new SignInCode(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CodeBytes)), time.GetUtcNow() + Lifetime);
        lock (gate)
        {
            Forget();
            if (open.Count == Most)
            {
                open.RemoveAt(0);
            }

            open.Add(code);
        }

        return code;
    }

    /// <summary>Whether a code was good; it is not any more.</summary>
    public bool Use(string code)
    {
        var hash = AccessKey.HashOf(code);
        lock (gate)
        {
            Forget();
            return open.RemoveAll(c => CryptographicOperations.FixedTimeEquals(Ascii(AccessKey.HashOf(c.Code)), Ascii(hash))) > 0;
        }
    }

    private void Forget() => open.RemoveAll(c => c.Expires <= time.GetUtcNow());

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}

/// <summary>A code for one sign-in.</summary>
internal sealed record SignInCode(string Code, DateTimeOffset Expires);
