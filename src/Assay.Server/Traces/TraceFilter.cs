using System.Globalization;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>The filters of the list as a reader wrote them, and the query that they mean.</summary>
internal sealed record TraceFilter
{
    /// <summary>A page of the list.</summary>
    private const int RowsPerPage = 50;

    public string? Service { get; init; }

    public string? Version { get; init; }

    public string? Name { get; init; }

    /// <summary><c>ok</c> or <c>failed</c>; null for all.</summary>
    public string? Status { get; init; }

    /// <summary>Milliseconds at least, as written.</summary>
    public string? Min { get; init; }

    /// <summary>Milliseconds at most, as written.</summary>
    public string? Max { get; init; }

    public string? CorrelationId { get; init; }

    public string? Variant { get; init; }

    public string? Prompt { get; init; }

    /// <summary>The mark of the page; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>Whether the durations can be read.</summary>
    public bool IsMinWrong => Min is not null && Milliseconds(Min) is null;

    /// <inheritdoc cref="IsMinWrong"/>
    public bool IsMaxWrong => Max is not null && Milliseconds(Max) is null;

    /// <summary>How many filters are on, range and page aside.</summary>
    public int Active => new[] { Service, Version, Name, Status, Min, Max, CorrelationId, Variant, Prompt }.Count(f => f is not null);

    public static TraceFilter Of(Func<string, string?> query) =>
        new()
        {
            Service = query("service"),
            Version = query("version"),
            Name = query("name"),
            Status = query("status") is "ok" or "failed" ? query("status") : null,
            Min = query("min"),
            Max = query("max"),
            CorrelationId = query("correlation"),
            Variant = query("variant"),
            Prompt = query("prompt"),
            After = query("after"),
        };

    /// <summary>What to ask the store; a duration that cannot be read lets everything pass.</summary>
    public RequestQuery ToQuery(TimeWindow window) =>
        new()
        {
            From = window.From,
            Before = window.Before,
            Service = Service,
            Version = Version,
            Name = Name,
            Failed = Status switch
            {
                "failed" => true,
                "ok" => false,
                _ => null,
            },
            AtLeast = Milliseconds(Min),
            AtMost = Milliseconds(Max),
            CorrelationId = CorrelationId,
            Variant = Variant,
            Prompt = Prompt,
            After = After,
            Limit = RowsPerPage,
        };

    /// <summary>A duration from 0 to a day; a comma is as good as a point.</summary>
    private static TimeSpan? Milliseconds(string? text)
    {
        var isNumber = double.TryParse(text?.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ms);
        return isNumber && ms is >= 0 and <= 86_400_000 ? TimeSpan.FromMilliseconds(ms) : null;
    }
}
