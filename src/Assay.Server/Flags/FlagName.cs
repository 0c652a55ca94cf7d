namespace Assay.Server.Flags;

/// <summary>What can be a flag's name: 1 to 64 of <c>a-z 0-9 _ - .</c>, beginning with a letter.</summary>
internal static class FlagName
{
    private const int Longest = 64;

    public static bool IsOne(string text) =>
        text.Length is > 0 and <= Longest
        && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.');

    /// <summary>A name that somebody sent, fit to be shown.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + (text.Length > Longest ? "…" : "");
}
