namespace Assay.Observability.Prometheus;

/// <summary>All streams of one name on a page, under one header.</summary>
internal sealed class PageFamily(string name, PrometheusFormat format, List<SeriesTable> tables)
{
    private readonly byte[] header = FamilyHeader.Of(name, tables[0].Metric, format);

    /// <summary>Length after the next layout, bytes.</summary>
    public int Length
    {
        get
        {
            var length = header.Length;
            foreach (var table in tables)
            {
                length += table.Length;
            }

            return length;
        }
    }

    /// <summary>Brings the lines up to date; true where the page must be laid out anew.</summary>
    public bool Refresh(Span<byte> page, LabelText labels)
    {
        var needsLayout = false;
        foreach (var table in tables)
        {
            if (!table.TryRefresh(page))
            {
                Rebuild(labels);
                return true;
            }

            needsLayout |= table.NeedsLayout;
        }

        return needsLayout;
    }

    /// <summary>Writes the family into a new page and returns where it ends.</summary>
    public int MoveTo(ReadOnlySpan<byte> oldPage, Span<byte> newPage, int start)
    {
        header.CopyTo(newPage[start..]);
        start += header.Length;
        foreach (var table in tables)
        {
            table.MoveTo(oldPage, newPage, start);
            start += table.Length;
        }

        return start;
    }

    /// <summary>Drops the lines; the next refresh writes them anew.</summary>
    public void Forget()
    {
        foreach (var table in tables)
        {
            table.Forget();
        }
    }

    // Streams of one name but of different meters may hold the same series: the first one wins, since a page shows a series once.
    private void Rebuild(LabelText labels)
    {
        var seen = tables.Count > 1 ? new HashSet<string>() : null;
        foreach (var table in tables)
        {
            table.Rebuild(labels, seen);
        }
    }
}
