using System.Reflection;

namespace Assay.Tests.Tidy;

/// <summary>Public is a promise: the promise is a text file that is changed on purpose and reviewed.</summary>
public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Rooms() => [.. Repository.Rooms];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_public_surface_is_the_approved_one(string room) => ApprovedFile.ShouldHold($"api/{room}.txt", PublicSurface.Print(Assembly.Load(room)));

    [Fact]
    public void Every_approved_surface_belongs_to_a_room() =>
        Repository.Under("api/", ".txt").Select(Path.GetFileNameWithoutExtension).Except(Repository.Rooms).ShouldBeEmpty();

    [Fact]
    public void The_command_promises_no_types() => Assembly.Load("Assay.Cli").GetExportedTypes().Select(t => t.Name).Except(["Program"]).ShouldBeEmpty();

    [Fact]
    public void Signatures_read_like_code()
    {
        PublicSurface
            .Lines(typeof(Sample<>))
            .ShouldBe(
                [
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T> : sealed record where T : IComparable",
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T>.new(T Name, IReadOnlyList<string?>? Tags, int? Age)",
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T>.Most : int = 3",
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T>.Name : T { get; init; }",
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T>.Tags : IReadOnlyList<string?>? { get; init; }",
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T>.Age : int? { get; init; }",
                    "Assay.Tests.Tidy.PublicSurfaceTests.Sample<T>.TryAsk(string question, out long[] answer, bool loud = true) : bool, static",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_difference_names_both_sides()
    {
        ApprovedFile.Difference("a\nb", "a\nc").ShouldBe("- b\n+ c");
        ApprovedFile.Difference("a\nb", "b\na").ShouldBe("the same lines in another order or number");
    }

#pragma warning disable CA1000 // A static member on a generic type is one of the shapes that the printer must know.
    public sealed record Sample<T>(T Name, IReadOnlyList<string?>? Tags, int? Age)
        where T : IComparable
    {
        public const int Most = 3;

        public static bool TryAsk(string question, out long[] answer, bool loud = true)
        {
            answer = [question.Length];
            return loud;
        }

        internal static void Whisper() { }
    }
#pragma warning restore CA1000
}
