using Assay.Catalogs;
using Assay.Prices;
using Assay.Server.Hosting;

namespace Assay.Server.Costs;

/// <summary>The price files in force. A file that is edited wrongly leaves the last good prices in force, and says so.</summary>
internal sealed class PriceBook(HubOptions options, TimeProvider time) : ISpanPricing
{
    private volatile PriceState state = new(PriceTable.Empty, time.GetUtcNow(), Fault: null);
    private IReadOnlyList<FileMark> seen = [];

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

    /// <summary>Reads the files again if any of them changed. Called by one thread.</summary>
    /// <returns>Whether they were read.</returns>
    public bool Refresh()
    {
        try
        {
            var marks = Marks();
            if (marks.SequenceEqual(seen))
            {
                return false;
            }

            seen = marks;
            state = new PriceState(PriceTable.Load(Folder), time.GetUtcNow(), Fault: null);
        }
        catch (AssayException e)
        {
            state = state with { Fault = new PriceFault(e.Message, e.Fix, time.GetUtcNow()) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            state = state with { Fault = new PriceFault($"'{Folder}' cannot be read: {e.Message}", "Check the folder and its permissions.", time.GetUtcNow()) };
        }

        return true;
    }

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
