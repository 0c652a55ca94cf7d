namespace Assay.Releases.Ledger;

/// <summary>
/// Checks a chain line by line, in the memory of one line. It sees whatever was changed in, taken from between, added to or reordered among the links; that links are
/// missing at the end it sees when it is told which hash was the head, since a shorter chain is a chain.
/// </summary>
/// <param name="head">A hash that the chain must hold; null for none.</param>
/// <param name="after">The link behind which the lines begin; null for a whole chain.</param>
internal sealed class ChainCheck(string? head = null, LedgerLink? after = null)
{
    private long lines;
    private long links = after?.Number ?? 0;
    private long leftOut;
    private string last = after?.Hash ?? LedgerHash.None;
    private long? headAt;
    private DateTimeOffset? first;
    private DateTimeOffset? latest;

    /// <summary>The first broken link; null while there is none.</summary>
    public ChainFault? Fault { get; private set; }

    /// <summary>The link last taken; null before the first and once the chain is broken.</summary>
    public LedgerLink? Link { get; private set; }

    /// <summary>Takes the next line.</summary>
    /// <param name="line">The line without its break.</param>
    /// <returns>Whether the chain is whole so far.</returns>
    public bool Take(ReadOnlyMemory<byte> line)
    {
        if (Fault is not null)
        {
            return false;
        }

        lines++;
        Link = LedgerLine.TryRead(line);
        var problem = Link is null ? Unreadable(line) : FaultOf(Link);
        if (problem is not null)
        {
            Fault = new ChainFault(lines, Link?.Number ?? links + 1, problem);
            Link = null;
            return false;
        }

        Accept(Link!);
        return true;
    }

    /// <summary>What the check came to.</summary>
    public ChainReport End()
    {
        var isMissing = Fault is null && head is not null && links > 0 && headAt is null;
        var verdict =
            Fault is not null || isMissing ? Verdict.Fail
            : links == 0 ? Verdict.NoData
            : Verdict.Pass;
        return new ChainReport(verdict, Reason(isMissing), links, leftOut, last)
        {
            Fault = Fault,
            First = first,
            Latest = latest,
        };
    }

    private void Accept(LedgerLink link)
    {
        links++;
        leftOut += link.Entry.Body.IsEmpty ? 1 : 0;
        last = link.Hash;
        first ??= link.Entry.At;
        latest = link.Entry.At;
        headAt = string.Equals(link.Hash, head, StringComparison.OrdinalIgnoreCase) ? link.Number : headAt;
    }

    private string? FaultOf(LedgerLink link) =>
        link.Number != links + 1 ? OutOfPlace(link.Number)
        : link.Previous != last
            ? links == 0 ? "it is the first link and names one before it"
                : "it names another link before it than the one that stands there: one of both was replaced"
        : link.Hash != LedgerHash.Of(link.Number, link.Previous, link.Entry, link.BodyHash)
            ? "its hash is not that of its content: release, kind, key, actor, time, the hash of its body or its own hash was changed"
        : !link.Entry.Body.IsEmpty && link.BodyHash != LedgerHash.Of(link.Entry.Body.Span) ? "its body was changed: it has another hash than the link says"
        : null;

    private string OutOfPlace(long number) =>
        number == links && links > 0 ? "it stands here a second time"
        : number <= links ? $"it stands behind link {links}: links were reordered or doubled"
        : links == 0 ? "the chain begins with it: the links before it are missing"
        : number == links + 2 ? $"it stands behind link {links}: link {links + 1} is missing or was moved"
        : $"it stands behind link {links}: links {links + 1} to {number - 1} are missing or were moved";

    private static string Unreadable(ReadOnlyMemory<byte> line) =>
        line.IsEmpty ? "its line is empty"
        : line.Span[^1] != (byte)'}' ? "its line is cut off"
        : "its line is not as a ledger writes it: a part of it was changed, added or taken away";

    private string Reason(bool isMissing) =>
        Fault is { } broken
            ? $"Link {broken.Number} is broken (line {broken.Line}): {broken.Problem}."
                + (links == 0 ? "" : $" {Counted(links)} before it {(links == 1 ? "holds" : "hold")}.")
        : links == 0 ? "There is nothing to check: the ledger is empty."
        : isMissing
            ? $"The chain is whole, but the head {Short(head!)} is not in it: links were cut off at its end, or it is another ledger. It ends with link {links}, {Short(last)}."
        : $"The chain is whole: {Counted(links)}, the last with the hash {last}." + LeftOut() + After();

    private string LeftOut() => leftOut == 0 ? "" : $" {leftOut:#,0} of them without their body, which an export left out.";

    private string After() =>
        headAt is not { } at ? ""
        : at == links ? " It ends with the head that was named."
        : $" The head that was named is link {at}; {Counted(links - at)} followed.";

    private static string Counted(long count) => count == 1 ? "1 link" : $"{count:#,0} links";

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : hash;
}

/// <summary>A broken link.</summary>
/// <param name="Line">The line it stands in, from 1.</param>
/// <param name="Number">Its number, or the number that was expected when it cannot be read.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record ChainFault(long Line, long Number, string Problem);

/// <summary>What the check of a chain came to.</summary>
/// <param name="Verdict">Pass when it is whole, fail when it is broken, no data when it is empty.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Links">Whole links from the beginning.</param>
/// <param name="LeftOut">Those whose body an export left out.</param>
/// <param name="Head">The hash of the last whole link; 64 zeros when there is none.</param>
internal sealed record ChainReport(Verdict Verdict, string Reason, long Links, long LeftOut, string Head)
{
    /// <summary>The first broken link; null when there is none.</summary>
    public ChainFault? Fault { get; init; }

    /// <summary>When the first link was made.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>When the last whole link was made.</summary>
    public DateTimeOffset? Latest { get; init; }
}
