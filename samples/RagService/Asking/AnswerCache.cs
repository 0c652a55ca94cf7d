namespace RagService.Asking;

/// <summary>The last answers by question; when it is full the one that was not asked for longest goes.</summary>
internal sealed class AnswerCache(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, CachedAnswer Answer)>> answers = [];
    private readonly LinkedList<(string Key, CachedAnswer Answer)> order = [];

    /// <summary>The answer to an equal question; null when there is none.</summary>
    public CachedAnswer? Find(string key)
    {
        lock (gate)
        {
            if (!answers.TryGetValue(key, out var node))
            {
                return null;
            }

            order.Remove(node);
            order.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Keep(string key, CachedAnswer answer)
    {
        lock (gate)
        {
            if (capacity <= 0 || answers.ContainsKey(key))
            {
                return;
            }

            if (answers.Count >= capacity)
            {
                answers.Remove(order.Last!.Value.Key);
                order.RemoveLast();
            }

            answers[key] = order.AddFirst((key, answer));
        }
    }
}
