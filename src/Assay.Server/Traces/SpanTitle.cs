using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>A span's name in two parts: what is done, and to what.</summary>
/// <param name="Name">chat, execute_tool, POST /ask.</param>
/// <param name="What">The model and prompt, the tool, the service; empty when there is nothing to add.</param>
internal readonly record struct SpanTitle(string Name, string What)
{
    public static SpanTitle Of(SpanEvent span) =>
        span switch
        {
            { Category: SpanCategory.Tool } when span.Name.StartsWith("execute_tool ", StringComparison.Ordinal) => Split(span.Name),
            { Category: SpanCategory.Model, Use.Model.Length: > 0 } => OfModel(span),
            { IsRequest: true } => new(span.Name, Joined(" ", span.Source.Service, span.Source.Version)),
            _ => new(span.Name, ""),
        };

    public override string ToString() => Joined(" ", Name, What);

    private static SpanTitle OfModel(SpanEvent span)
    {
        var model = span.Use!.Model;
        var isNamed = span.Name.EndsWith(" " + model, StringComparison.Ordinal);
        return new(isNamed ? span.Name[..^(model.Length + 1)] : span.Name, Joined(" · ", model, span.Prompt));
    }

    private static SpanTitle Split(string name)
    {
        var space = name.IndexOf(' ');
        return new(name[..space], name[(space + 1)..]);
    }

    private static string Joined(string separator, params string[] parts) => string.Join(separator, parts.Where(p => p.Length > 0));
}
