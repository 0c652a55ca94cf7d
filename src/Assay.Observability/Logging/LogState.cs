using System.Reflection;

namespace Assay.Observability.Logging;

/// <summary>
/// Reads the fields of a log state. States are structs that implement <c>IReadOnlyList</c>; a call through the interface would box one per
/// record, so a reader is made once per type of state that calls the struct itself.
/// </summary>
internal static class LogState<TState>
{
    private static readonly Action<TState, LogRecord>? Reader = MakeReader();

    public static void Read(TState state, LogRecord record) => Reader?.Invoke(state, record);

    private static Action<TState, LogRecord>? MakeReader()
    {
        if (!typeof(IReadOnlyList<KeyValuePair<string, object?>>).IsAssignableFrom(typeof(TState)))
        {
            return typeof(IEnumerable<KeyValuePair<string, object?>>).IsAssignableFrom(typeof(TState)) ? ReadSequence : null;
        }

        var method = typeof(LogState).GetMethod(nameof(LogState.ReadList), BindingFlags.Static | BindingFlags.Public)!;
        return method.MakeGenericMethod(typeof(TState)).CreateDelegate<Action<TState, LogRecord>>();
    }

    private static void ReadSequence(TState state, LogRecord record)
    {
        foreach (var field in (IEnumerable<KeyValuePair<string, object?>>)state!)
        {
            record.Add(field);
        }
    }
}

/// <summary>The part of <see cref="LogState{TState}"/> that needs to know that the state is a list.</summary>
internal static class LogState
{
    public static void ReadList<TState>(TState state, LogRecord record)
        where TState : IReadOnlyList<KeyValuePair<string, object?>>
    {
        var count = state.Count;
        for (var i = 0; i < count; i++)
        {
            record.Add(state[i]);
        }
    }
}
