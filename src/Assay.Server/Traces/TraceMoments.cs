using Assay.Server.Intake.Details;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Traces;

/// <summary>What happened in a trace, in order of time, as far as a page lists it.</summary>
/// <param name="Items">What is listed.</param>
/// <param name="LeftOut">How many are not.</param>
internal sealed record TraceMoments(IReadOnlyList<TraceMoment> Items, int LeftOut)
{
    /// <summary>A page lists so many at most.</summary>
    public const int Most = 50;

    /// <summary>Events and scores of a trace. Scores and exceptions are chosen before events that only tell of progress, wherever they lie in time.</summary>
    public static TraceMoments Of(TraceModel trace, Figures figures)
    {
        var events = trace.Rows.SelectMany(row => OtlpSpanDetails.Read(row.Span.Body).Events.Where(e => !IsScore(e)).Select(e => (Event: e, row.Span)));
        var scores = trace.Scores.Select(s => new Candidate(TraceMoment.OfScore(s, figures), IsFirst: true));
        return Chosen([.. scores.Concat(events.Select(e => new Candidate(TraceMoment.OfEvent(e.Event, e.Span), TraceMoment.IsException(e.Event))))]);
    }

    private static TraceMoments Chosen(List<Candidate> all)
    {
        var chosen = all.OrderByDescending(c => c.IsFirst).ThenBy(c => c.Moment.Nanos).Take(Most).Select(c => c.Moment);
        return new TraceMoments([.. chosen.OrderBy(m => m.Nanos)], Math.Max(0, all.Count - Most));
    }

    // It is in the list of scores already.
    private static bool IsScore(OtlpSpanEvent e) => e.Name == "gen_ai.evaluation.result";

    private readonly record struct Candidate(TraceMoment Moment, bool IsFirst);
}
