using System.Diagnostics;
using Assay.Observability.Tracing;

namespace Assay.Rag.Retrieving;

/// <summary>The span around one query.</summary>
internal static class QuerySpan
{
    public static Operation StartQuery(this ActivitySource source, int topK)
    {
        var operation = source.Operation(RagNames.QuerySpan);
        operation.Set("top_k", topK);
        return operation;
    }
}
