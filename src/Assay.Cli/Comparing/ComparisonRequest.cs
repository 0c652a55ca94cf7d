using Assay.Cli.Reading;
using Assay.Statistics;

namespace Assay.Cli.Comparing;

/// <summary>What <c>assay stats compare</c> was asked.</summary>
/// <param name="Control">Path of the control's CSV file.</param>
/// <param name="Treatment">Path of the treatment's CSV file.</param>
/// <param name="Metrics">Columns to compare.</param>
/// <param name="Design">What belongs together.</param>
/// <param name="Column">The column that the design reads: ids, clusters or the covariate; null for none.</param>
/// <param name="SkipEmpty">Whether empty cells are passed over.</param>
/// <param name="Alpha">Accepted share of false alarms.</param>
/// <param name="Alternative">The claim.</param>
/// <param name="Power">Share of real differences that should be seen.</param>
internal sealed record ComparisonRequest(
    string Control,
    string Treatment,
    IReadOnlyList<string> Metrics,
    Design Design,
    string? Column,
    bool SkipEmpty,
    double Alpha,
    Alternative Alternative,
    double Power
)
{
    /// <summary>What is read of each file.</summary>
    public ColumnRequest Columns()
    {
        string[] beside = Column is null ? [] : [Column];
        return Design == Design.Covariate
            ? new ColumnRequest([.. Metrics.Union(beside)], Texts: [], SkipEmpty)
            : new ColumnRequest(Metrics, Texts: beside, SkipEmpty);
    }

    /// <exception cref="AssayException">The request contradicts itself or a number is out of range (exit code 2).</exception>
    public void Demand()
    {
        DemandShare("--alpha", Alpha, "0.05");
        DemandShare("--power", Power, "0.8");
        if (Control == CsvSource.StandardInput && Treatment == CsvSource.StandardInput)
        {
            throw AssayException.Usage("Both arms cannot come from standard input.", "Give the path of a file for one of them.");
        }

        if (Column is not null && Metrics.Contains(Column))
        {
            throw AssayException.Usage($"Column '{Column}' cannot be the metric and belong to the design as well.", "Give two different columns.");
        }
    }

    private static void DemandShare(string option, double value, string byDefault)
    {
        if (!(value > 0 && value < 1))
        {
            throw AssayException.Usage($"{option} is {value}; it must lie between 0 and 1, ends excluded.", $"Leave it out for {byDefault}.");
        }
    }
}

/// <summary>How the rows of two files belong together.</summary>
internal enum Design
{
    /// <summary>Every row is on its own.</summary>
    Independent,

    /// <summary>A row of each file with the same id is a pair.</summary>
    Paired,

    /// <summary>Rows of one cluster are alike; clusters are on their own.</summary>
    Clustered,

    /// <summary>Every row is on its own and knows a value from before the treatment.</summary>
    Covariate,
}
