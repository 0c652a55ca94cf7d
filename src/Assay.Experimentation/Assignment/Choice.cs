using System.Runtime.InteropServices;
using System.Text;
using Assay.Hashing;

namespace Assay.Experimentation.Assignment;

/// <summary>
/// One of several by weight: each has a time drawn from an exponential distribution with its weight as the rate, −ln(u)/w, and the earliest is chosen.
/// When one weight changes against the others, only units from or to it move, and exactly as many as must (Efraimidis and Spirakis 2006, as weighted
/// rendezvous hashing); for any other change no rule that knows the new weights alone does better everywhere (Moulton and Jiang 2018, "Maximally
/// consistent sampling"). Names draw, not places, so that the order in which they are written does not matter.
/// </summary>
internal sealed class Choice
{
    private readonly Entry[] entries;

    /// <summary>Weights are those of the shares; they need not have a certain sum.</summary>
    public Choice(IEnumerable<Share> shares) => entries = [.. shares.Select(s => new Entry(Encoding.UTF8.GetBytes(s.Variant), s.Millionths))];

    /// <summary>The index of the chosen one; −1 when every weight is 0. Allocates nothing.</summary>
    /// <param name="bits">The unit's draw; each entry draws its own from it: <c>XXH64(name, seed: bits)</c>.</param>
    public int Of(ulong bits)
    {
        var (chosen, earliest) = (-1, double.PositiveInfinity);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            if (entry.Weight == 0)
            {
                continue;
            }

            var time = -Math.Log(Uniform(XxHash64.Hash(entry.Name, bits))) / entry.Weight;
            if (time < earliest)
            {
                (chosen, earliest) = (i, time);
            }
        }

        return chosen;
    }

    /// <summary>In (0, 1), in the middle of its 2⁻⁵³: neither end, of which the logarithm would be 0 or infinite.</summary>
    private static double Uniform(ulong bits) => ((bits >> 11) + 0.5) * (1.0 / (1UL << 53));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(byte[] Name, int Weight);
}
