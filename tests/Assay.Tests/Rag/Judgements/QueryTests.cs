using Assay.Rag.Judgements;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Rag.Judgements;

public sealed class QueryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Queries_of_beir_keep_their_ids()
    {
        folder.Write(
            "q.jsonl",
            "{\"_id\": \"PLAIN-2\", \"text\": \"one\", \"metadata\": {}}\n{\"_id\": 7, \"id\": \"own\", \"text\": \"two\"}\n{\"text\": \"three\"}\n"
        );
        Query.ReadAll(folder["q.jsonl"]).Select(q => q.Id).ShouldBe(["PLAIN-2", "own", "3"]);
    }
}
