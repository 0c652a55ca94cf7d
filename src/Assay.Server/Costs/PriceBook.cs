using Assay.Catalogs;
using Assay.Prices;
using Assay.Server.Hosting;

namespace Assay.Server.Costs;

/// <summary>The price files in force. A file that is edited wrongly leaves the last good prices in force, and says so.</summary>
internal sealed class PriceBook(HubOptions options, TimeProvider time) : ISpanPricing
{
    private volatile PriceState state = new(PriceTable.Empty, time.GetUtcNow(), Fault: null);

    // Null when the files could not be read: permissions change without a file's time, so that they are read again at the next look.
    private IReadOnlyList<FileMark>? seen = [];

    /// <summary>The folder of the price files.</summary>
    public string Folder { get; } = Path.Combine(options.CatalogFolder, "prices");

    /// <summary>The prices in force.</summary>
    public PriceState State => state;

    /// <inheritdoc/>
    public ModelUse Price(in ModelCall call) => state.Table.Price(call);

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="AssayException">A file is wrong (exit code 2).</exception>
    public void Load()
    {
        seen = Marks();
        state = new PriceState(PriceTable.Load(Folder), time.GetUtcNow(), Fault: null);
    }

    /// <summary>Reads the files again if any of them changed, or could not be read the last time. Called by one thread.</summary>
    /// <returns>Whether there is something new to tell: other prices, or another fault.</returns>
    public bool Refresh()
    {
        try
        {
            var marks = Marks();
            if (seen is not null && marks.SequenceEqual(seen))
            {
                return false;
            }

            seen = marks;
            state = new PriceState(PriceTable.Load(Folder), time.GetUtcNow(), Fault: null);
            return true;
        }
        catch (AssayException e)
        {
            seen = IsUnread(e.InnerException) ? null : seen;
            return Keep(e.Message, e.Fix);
        }
        catch (Exception e) when (IsUnread(e))
        {
            seen = null;
            return Keep($"'{Folder}' cannot be read: {e.Message}", "Check the folder and its permissions.");
        }
    }

    private bool Keep(string problem, string fix)
    {
        if (state.Fault?.Problem == problem)
        {
            return false;
        }

        state = state with { Fault = new PriceFault(problem, fix, time.GetUtcNow()) };
        return true;
    }

    private static bool IsUnread(Exception? cause) => cause is IOException or UnauthorizedAccessException;

    private List<FileMark> Marks() =>
        [.. CatalogFile.In(Folder).Select(path => new FileInfo(path)).Select(f => new FileMark(f.FullName, f.LastWriteTimeUtc, f.Exists ? f.Length : 0))];

    private sealed record FileMark(string Path, DateTime Written, long Bytes);
}

/// <summary>Prices and how they came to be in force.</summary>
/// <param name="Table">The last good prices.</param>
/// <param name="Since">When they were read.</param>
/// <param name="Fault">What is wrong with the files as they are now; null when nothing is.</param>
internal sealed record PriceState(PriceTable Table, DateTimeOffset Since, PriceFault? Fault);

/// <summary>Why the files as they are now are not in force.</summary>
/// <param name="Problem">What is wrong, with file and line.</param>
/// <param name="Fix">What to do.</param>
/// <param name="At">When it was seen.</param>
internal sealed record PriceFault(string Problem, string Fix, DateTimeOffset At);
