using System.Security.Cryptography;
using System.Text;

namespace Assay.Releases.Approvals;

/// <summary>Keys of approvers: ECDSA on P-256 with SHA-256; signatures are r and s side by side, 64 bytes (IEEE P1363).</summary>
internal static class ApprovalKey
{
    private const int SignatureBytes = 64;
    private const int LongestKey = 200;

    /// <summary>A new private key as PEM (PKCS #8).</summary>
    public static string New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The public half of a private key: SubjectPublicKeyInfo in base64.</summary>
    /// <exception cref="AssayException">It is no such key (exit code 2).</exception>
    public static string PublicOf(string pem)
    {
        using var key = Private(pem);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Whether a text is a public key.</summary>
    public static bool IsPublic(string? key)
    {
        using var read = Public(key);
        return read is not null;
    }

    /// <summary>Signs a text; base64.</summary>
    /// <exception cref="AssayException">The key is none (exit code 2).</exception>
    public static string Sign(string pem, string text)
    {
        using var key = Private(pem);
        return Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));
    }

    /// <summary>Whether the owner of a key signed a text. A key or a signature that is none signs nothing.</summary>
    public static bool Signed(string? publicKey, string text, string? signature)
    {
        Span<byte> bytes = stackalloc byte[SignatureBytes];
        if (signature is not { Length: <= 100 } || !Convert.TryFromBase64String(signature, bytes, out var length) || length != SignatureBytes)
        {
            return false;
        }

        using var key = Public(publicKey);
        return key?.VerifyData(Encoding.UTF8.GetBytes(text), bytes, HashAlgorithmName.SHA256) == true;
    }

    private static ECDsa Private(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (IsP256(key))
            {
                _ = key.ExportPkcs8PrivateKey();
                return key;
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw NoKey(e);
        }

        key.Dispose();
        throw NoKey(inner: null);
    }

    private static ECDsa? Public(string? text)
    {
        var bytes = new byte[LongestKey];
        if (text is not { Length: > 0 and <= LongestKey } || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(bytes.AsSpan(0, length), out var read);
            if (read == length && IsP256(key))
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // No key of this kind.
        }

        key.Dispose();
        return null;
    }

    // Windows tells the curve by its name, OpenSSL by its number.
    private static bool IsP256(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid: var curve }
        && (curve.Value == ECCurve.NamedCurves.nistP256.Oid.Value || curve.FriendlyName == ECCurve.NamedCurves.nistP256.Oid.FriendlyName);

    private static AssayException NoKey(Exception? inner) =>
        AssayException.Usage(
            "The key file holds no private key of an approver.",
            "Make one with `assay release key NAME`, or name the right file with --key.",
            inner
        );
}
