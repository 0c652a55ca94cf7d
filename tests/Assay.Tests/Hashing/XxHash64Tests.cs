using System.Text;
using Assay.Hashing;

namespace Assay.Tests.Hashing;

public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0xef46db3751d8e999UL)]
    [InlineData("abc", 0x44bc2cf5ad770999UL)]
    [InlineData("a", 0xd24ec4f1a98c6e5bUL)]
    [InlineData("Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1UL)]
    public void Published_vectors_come_out(string text, ulong expected) => XxHash64.Hash(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);
}
