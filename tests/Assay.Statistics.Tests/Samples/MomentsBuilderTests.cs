using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class MomentsBuilderTests
{
    private static readonly double[] Values = MomentsTests.Fractions(5003);

    [Fact]
    public void Nothing_added_is_an_empty_sample()
    {
        var builder = new MomentsBuilder();
        builder.Add([]);

        builder.ToMoments().ShouldBe(default);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    [InlineData(5003)]
    public void One_by_one_gives_the_bits_of_the_whole(int n)
    {
        var builder = new MomentsBuilder();
        foreach (var value in Values.AsSpan(0, n))
        {
            builder.Add(value);
        }

        builder.ToMoments().ShouldBe(Moments.Of(Values.AsSpan(0, n)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5003)]
    public void Pieces_give_the_bits_of_the_whole(int piece)
    {
        var builder = new MomentsBuilder();
        foreach (var chunk in Values.Chunk(piece))
        {
            builder.Add(chunk);
        }

        builder.ToMoments().ShouldBe(Moments.Of(Values));
    }

    [Fact]
    public void Pieces_and_single_values_mix()
    {
        var builder = new MomentsBuilder();
        builder.Add(Values.AsSpan(0, 1020));
        for (var i = 1020; i < 2060; i++)
        {
            builder.Add(Values[i]);
        }

        builder.Add(Values.AsSpan(2060));
        builder.ToMoments().ShouldBe(Moments.Of(Values));
    }

    [Fact]
    public void Asking_does_not_end_the_stream()
    {
        var builder = new MomentsBuilder();
        for (var i = 0; i < Values.Length; i++)
        {
            builder.ToMoments().Count.ShouldBe(i);
            builder.Add(Values[i]);
        }

        builder.ToMoments().ShouldBe(Moments.Of(Values));
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        var builder = new MomentsBuilder();
        Feed(builder);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Feed(builder);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        builder.ToMoments().Count.ShouldBe(4 * Values.Length);
    }

    private static void Feed(MomentsBuilder builder)
    {
        builder.Add(Values);
        foreach (var value in Values)
        {
            builder.Add(value);
        }
    }
}
