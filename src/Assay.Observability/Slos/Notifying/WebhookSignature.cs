using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Observability.Slos.Notifying;

/// <summary>
/// Who a message is from, and when it was sent: HMAC-SHA256 over the time in seconds, a dot and the body, as <c>t=1772409600,v1=HEX</c>.
/// The time is signed too, so that an old message cannot be sent again as a new one.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Assay-Signature";

    /// <summary>Signs a body.</summary>
    /// <param name="secret">What both sides know.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="body">The body as sent.</param>
    public static string Sign(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var second = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={second},v1={Convert.ToHexStringLower(Hash(secret, second, body))}");
    }

    /// <summary>Whether a signature is that of the body and not older, or newer, than a receiver allows.</summary>
    /// <param name="secret">What both sides know.</param>
    /// <param name="signature">The header's value.</param>
    /// <param name="body">The body as received.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">How far the times may be apart.</param>
    public static bool IsValid(string secret, string signature, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var parts = signature.Split(',');
        if (
            parts is not [['t', '=', .. var time], ['v', '1', '=', .. var hex]]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            || Math.Abs(now.ToUnixTimeSeconds() - second) > tolerance.TotalSeconds
        )
        {
            return false;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hex.Length == given.Length * 2
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, Hash(secret, second, body));
    }

    private static byte[] Hash(string secret, long second, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{second}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
