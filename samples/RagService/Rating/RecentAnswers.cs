using System.Diagnostics;

namespace RagService.Rating;

/// <summary>The last answers that were given, by trace and by correlation id, so that a rating finds its answer.</summary>
internal sealed class RecentAnswers
{
    /// <summary>Answers that can be rated; a rating of an older one is refused.</summary>
    private const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ActivityContext> answers = [];
    private readonly Queue<string> order = [];

    /// <summary>Keeps the answer that the request of this span gave.</summary>
    public void Keep(Activity? span, string? correlation)
    {
        if (span is null)
        {
            return;
        }

        lock (gate)
        {
            Add(span.TraceId.ToHexString(), span.Context);
            if (correlation is not null)
            {
                Add(correlation, span.Context);
            }
        }
    }

    /// <summary>The span of the answer; null when it is not known, or no longer.</summary>
    public ActivityContext? Find(string id)
    {
        lock (gate)
        {
            return answers.TryGetValue(id, out var context) ? context : null;
        }
    }

    private void Add(string id, ActivityContext context)
    {
        if (!answers.ContainsKey(id))
        {
            order.Enqueue(id);
        }

        answers[id] = context;
        // Two ids for each answer.
        if (order.Count > Capacity * 2)
        {
            answers.Remove(order.Dequeue());
        }
    }
}
