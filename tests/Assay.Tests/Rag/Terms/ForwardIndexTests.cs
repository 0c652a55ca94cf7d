using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;
using FsCheck.Fluent;

namespace Assay.Tests.Rag.Terms;

public sealed class ForwardIndexTests
{
    [Fact]
    public void Every_chunk_comes_back_as_it_was() =>
        Prop.ForAll<int>(seed =>
            {
                using var folder = new TemporaryFolder();
                var streams = RandomStreams.Of(seed);
                ForwardIndex.Write(folder["f"], streams);
                using var forward = ForwardIndex.Open(folder["f"]);
                var read = new List<int>();
                forward.ChunkCount.ShouldBe(streams.ChunkCount);
                for (var chunk = 0; chunk < streams.ChunkCount; chunk++)
                {
                    forward.Read(chunk, read).ShouldBe(streams.TitleLengths[chunk]);
                    read.ShouldBe(streams.All(chunk).ToArray());
                }

                for (var term = 0; term < streams.Terms.Length; term++)
                {
                    forward.ChunksHaving(term).ShouldBe(Enumerable.Range(0, streams.ChunkCount).Count(c => streams.All(c).Contains(term)));
                }
            })
            .Holds();
}
