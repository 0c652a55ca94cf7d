namespace Assay.Experimentation.Flags.Conditions;

/// <summary>Precedence of versions by Semantic Versioning 2.0.0, section 11, on texts as they are: numbers of any length, nothing allocated.</summary>
internal static class SemanticVersion
{
    private const int CoreNumbers = 3;

    /// <summary>Whether a text is a version: <c>1.2.3</c>, <c>1.2.3-rc.1</c>, <c>1.2.3+build</c>.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var build = text.IndexOf('+');
        if (build >= 0 && !AreIdentifiers(text[(build + 1)..], zerosAllowed: true))
        {
            return false;
        }

        text = build < 0 ? text : text[..build];
        var release = text.IndexOf('-');
        if (release >= 0 && !AreIdentifiers(text[(release + 1)..], zerosAllowed: false))
        {
            return false;
        }

        return IsCore(release < 0 ? text : text[..release]);
    }

    /// <summary>Below, at or above 0, for two valid versions; what is built from (<c>+…</c>) does not count.</summary>
    public static int Compare(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var one = WithoutBuild(first);
        var other = WithoutBuild(second);
        var (oneDash, otherDash) = (one.IndexOf('-'), other.IndexOf('-'));
        var core = CompareParts(oneDash < 0 ? one : one[..oneDash], otherDash < 0 ? other : other[..otherDash]);
        if (core != 0 || (oneDash < 0 && otherDash < 0))
        {
            return core;
        }

        // A version before its release is below the release.
        return oneDash < 0 ? 1
            : otherDash < 0 ? -1
            : CompareParts(one[(oneDash + 1)..], other[(otherDash + 1)..]);
    }

    private static ReadOnlySpan<char> WithoutBuild(ReadOnlySpan<char> text) => text.IndexOf('+') is >= 0 and var at ? text[..at] : text;

    private static int CompareParts(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        while (true)
        {
            var order = ComparePart(Next(ref first, out var firstEnds), Next(ref second, out var secondEnds));
            if (order != 0 || firstEnds || secondEnds)
            {
                return order != 0 ? order : secondEnds.CompareTo(firstEnds);
            }
        }
    }

    private static int ComparePart(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var (isFirst, isSecond) = (IsNumber(first), IsNumber(second));
        if (isFirst != isSecond)
        {
            return isFirst ? -1 : 1;
        }

        // Numbers have no zeros in front: the longer one is the greater.
        return isFirst && first.Length != second.Length ? first.Length.CompareTo(second.Length) : first.SequenceCompareTo(second);
    }

    private static bool IsCore(ReadOnlySpan<char> text)
    {
        for (var i = 1; ; i++)
        {
            var number = Next(ref text, out var ends);
            if (!IsNumber(number) || HasZeroInFront(number))
            {
                return false;
            }

            if (ends || i == CoreNumbers)
            {
                return ends && i == CoreNumbers;
            }
        }
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool zerosAllowed)
    {
        bool ends;
        do
        {
            var part = Next(ref text, out ends);
            if (part.IsEmpty || !IsIdentifier(part) || (!zerosAllowed && IsNumber(part) && HasZeroInFront(part)))
            {
                return false;
            }
        } while (!ends);

        return true;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text, out bool ends)
    {
        var dot = text.IndexOf('.');
        ends = dot < 0;
        var part = ends ? text : text[..dot];
        text = ends ? default : text[(dot + 1)..];
        return part;
    }

    private static bool IsNumber(ReadOnlySpan<char> part) => !part.IsEmpty && Digits.Leading(part) == part.Length;

    private static bool HasZeroInFront(ReadOnlySpan<char> number) => number.Length > 1 && number[0] == '0';

    private static bool IsIdentifier(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary><c>semverEquals</c>, <c>semverLess</c> and so on.</summary>
internal sealed class VersionComparison(ConditionEntry entry) : TextCondition(entry)
{
    private readonly string[] values = [.. entry.Values!.Select(Read)];
    private readonly Comparison comparison = Comparison.Of(entry.Operator);

    protected override bool Fits(string text)
    {
        if (!SemanticVersion.IsValid(text))
        {
            return false;
        }

        foreach (var value in values)
        {
            if (comparison.Holds(SemanticVersion.Compare(text, value)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Read(string text) =>
        SemanticVersion.IsValid(text) ? text : throw new FormatException($"'{text}' is no version of the kind 1.2.3 (semver.org)");
}
