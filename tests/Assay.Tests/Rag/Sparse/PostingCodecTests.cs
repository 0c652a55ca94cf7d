using System.Runtime.InteropServices;
using Assay.Rag.Sparse;

namespace Assay.Tests.Rag.Sparse;

public sealed unsafe class PostingCodecTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(40, 3)]
    [InlineData(40, 255)]
    [InlineData(40, 256)]
    [InlineData(500, 2_000)]
    [InlineData(30_000, 2)]
    [InlineData(3_000, 70_000)]
    public void Lists_of_any_gaps_come_back_as_they_were(int count, int largestGap)
    {
        var random = new Random((count * 31) + largestGap);
        var chunks = new int[count];
        var impacts = new byte[count];
        for (var i = 0; i < count; i++)
        {
            // The first and the last gap are the largest ones, so that the edge is met for certain.
            var gap = i == 0 || i == count - 1 ? largestGap : 1 + random.Next(largestGap);
            chunks[i] = (i == 0 ? -1 : chunks[i - 1]) + gap;
            impacts[i] = (byte)(1 + random.Next(255));
        }

        var bytes = new List<byte>();
        PostingCodec.Write(bytes, chunks, impacts);
        var read = new List<(int, byte)>();
        var sums = new int[count == 0 ? 1 : chunks[^1] + 1];
        fixed (byte* list = CollectionsMarshal.AsSpan(bytes))
        fixed (int* at = sums)
        {
            PostingCodec.Count(list).ShouldBe(count);
            PostingCodec.ForEach(list, (chunk, impact) => read.Add((chunk, impact)));
            PostingCodec.Accumulate(list, 3, at);
        }

        read.ShouldBe(chunks.Zip(impacts));
        sums.Sum().ShouldBe(impacts.Sum(impact => 3 * impact));
        chunks.Zip(impacts).ShouldAllBe(posting => sums[posting.First] == 3 * posting.Second);
    }
}
