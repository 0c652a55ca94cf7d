using System.Diagnostics;
using Assay.Observability.Correlations;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>Copies the allowed baggage to each span when it starts; all other baggage stays out of telemetry.</summary>
internal sealed class BaggageToSpans(IReadOnlyList<string> allowed) : BaseProcessor<Activity>
{
    private readonly string[] keys = [.. allowed];

    public override void OnStart(Activity data)
    {
        if (Baggage.Current.Count == 0 && data.Parent is { } parent)
        {
            Inherit(data, parent);
            return;
        }

        foreach (var key in keys)
        {
            if ((Baggage.GetBaggage(key) ?? data.GetBaggageItem(key)) is { } value && IsAcceptable(key, value))
            {
                data.SetTag(key, value);
            }
        }
    }

    // Where only the activity carries baggage its parent has been through here: reading its tags costs less than walking the baggage.
    private void Inherit(Activity span, Activity parent)
    {
        foreach (var key in keys)
        {
            if (parent.GetTagItem(key) is string value)
            {
                span.SetTag(key, value);
            }
        }
    }

    private static bool IsAcceptable(string key, string value) => key != Correlation.BaggageKey || Correlation.IsValid(value);
}
