using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Assay.Server.Hosting;

namespace Assay.Server.Access;

/// <summary>What a secret stands for.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AccessKeyKind>))]
internal enum AccessKeyKind
{
    /// <summary>A program's bearer token.</summary>
    Token,

    /// <summary>A browser that has signed in.</summary>
    Session,
}

/// <summary>A token or a session as it is kept: the secret itself is not, only its SHA-256.</summary>
/// <param name="Id">Names it in lists and in the audit log: the first 12 hex digits of the hash.</param>
/// <param name="Kind">Token or session.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">How far it reaches.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends; null for never.</param>
/// <param name="Hash">SHA-256 of the secret, 64 lower-case hex digits.</param>
internal sealed record AccessKey(
    string Id,
    AccessKeyKind Kind,
    string Name,
    IReadOnlyList<Scope> Scopes,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    string Hash
)
{
    private const string Prefix = "assay_";

    // 256 bits: nobody guesses it, so a fast hash is enough.
    private const int SecretBytes = 32;
    private const int SecretLetters = 43;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static AccessKey Of(string secret, AccessKeyKind kind, string name, IReadOnlyList<Scope> scopes, DateTimeOffset created, DateTimeOffset? expires)
    {
        var hash = HashOf(secret);
        return new AccessKey(hash[..12], kind, name, scopes, created, expires, hash);
    }

    /// <summary>A new secret: <c>assay_</c> and 43 characters of base64url.</summary>
    public static string NewSecret() =>
        Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Whether a text can be a secret at all.</summary>
    public static bool IsSecret(string text) =>
        text.Length == Prefix.Length + SecretLetters
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Letters) < 0;

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a secret is this key's; takes as long for every wrong one.</summary>
    public bool IsOf(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash));

    public bool IsValidAt(DateTimeOffset time) => Expires is null || time < Expires;
}
