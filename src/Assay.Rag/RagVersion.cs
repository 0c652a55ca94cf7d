namespace Assay.Rag;

/// <summary>The version of Assay that runs.</summary>
internal static class RagVersion
{
    public static string Tool { get; } = typeof(RagVersion).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";
}
