using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Assay.Observability.Logging;

/// <summary>A message template, parsed once: <c>Indexed {Count} chunks</c>.</summary>
internal sealed class LogTemplate
{
    // Templates are constants in code; a program that builds them as it goes shall not fill the memory.
    private const int MaxCached = 1_024;

    private static readonly ConcurrentDictionary<string, LogTemplate> Cache = new(ReferenceComparer.Instance);

    private LogTemplate(IReadOnlyList<LogTemplatePart> parts, bool isSimple)
    {
        Parts = [.. parts];
        IsSimple = isSimple;
    }

    /// <summary>Literals and holes in order.</summary>
    public LogTemplatePart[] Parts { get; }

    /// <summary>Whether we can render it; false leaves it to the caller's formatter.</summary>
    public bool IsSimple { get; }

    public static LogTemplate Of(string text)
    {
        if (Cache.TryGetValue(text, out var known))
        {
            return known;
        }

        var parsed = Parse(text);
        if (Cache.Count >= MaxCached)
        {
            Cache.Clear();
        }

        Cache.TryAdd(text, parsed);
        return parsed;
    }

    private static LogTemplate Parse(string text)
    {
        var parts = new List<LogTemplatePart>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOfAny('{', '}');
            if (open < 0)
            {
                parts.Add(new LogTemplatePart(rest.ToString(), null, null));
                break;
            }

            if (open > 0)
            {
                parts.Add(new LogTemplatePart(rest[..open].ToString(), null, null));
            }

            var close = rest[open] == '{' ? rest[open..].IndexOf('}') : -1;
            var hole = close > 1 ? rest[(open + 1)..(open + close)] : default;
            // Doubled braces, alignment and broken templates are rare: .NET's own formatter knows them.
            if (hole.IsEmpty || hole.IndexOfAny('{', ',') >= 0)
            {
                return new LogTemplate([], isSimple: false);
            }

            var colon = hole.IndexOf(':');
            parts.Add(new LogTemplatePart("", (colon < 0 ? hole : hole[..colon]).ToString(), colon < 0 ? null : hole[(colon + 1)..].ToString()));
            rest = rest[(open + close + 1)..];
        }

        return new LogTemplate(parts, isSimple: true);
    }

    private sealed class ReferenceComparer : IEqualityComparer<string>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(string? x, string? y) => ReferenceEquals(x, y);

        public int GetHashCode(string obj) => RuntimeHelpers.GetHashCode(obj);
    }
}

/// <summary>A literal, or a hole when <paramref name="Name"/> is not null.</summary>
internal readonly record struct LogTemplatePart(string Literal, string? Name, string? Format)
{
    /// <summary>Whether the value is a secret by the name of the hole.</summary>
    public bool IsSecret { get; } = Name is not null && SensitiveNames.Contains(Name);

    /// <summary>The name as JSON with its colon, ready to be copied.</summary>
    public byte[] JsonName { get; } = Name is null ? [] : Encode(Name);

    private static byte[] Encode(string name)
    {
        var json = new JsonLine();
        json.Name(name, first: true);
        return json.Written.ToArray();
    }
}
