using System.Globalization;
using System.Text;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Tests.Intake;

/// <summary>Builds OTLP messages, right and wrong ones.</summary>
internal sealed class OtlpMessage
{
    public const string Trace = "0af7651916cd43dd8448eb211c80319c";
    public const string Span = "b7ad6b7169203331";

    private readonly ProtoWriter writer = new();

    public byte[] Written => writer.ToArray();

    /// <summary>A request with one resource and one scope.</summary>
    public static byte[] Request(IEnumerable<byte[]> items, params (string Key, object Value)[] resource) =>
        new OtlpMessage()
            .Message(
                ExportTag.Resources,
                r =>
                    r.Message(ResourceGroupTag.Resource, m => m.Attributes(ResourceTag.Attributes, resource))
                        .Message(
                            ResourceGroupTag.Scopes,
                            s =>
                            {
                                s.Message(ScopeGroupTag.Scope, m => m.Text(ScopeTag.Name, "tests"));
                                foreach (var item in items)
                                {
                                    s.Bytes(ScopeGroupTag.Items, item);
                                }
                            }
                        )
            )
            .Written;

    /// <summary>A server span of a second's length, with what is added.</summary>
    public static byte[] SpanWith(Action<OtlpMessage>? more = null, string trace = Trace, string span = Span, string name = "POST /ask", ulong kind = 2)
    {
        var message = new OtlpMessage().Bytes(SpanTag.TraceId, Convert.FromHexString(trace)).Bytes(SpanTag.SpanId, Convert.FromHexString(span));
        message.Text(SpanTag.Name, name).Varint(SpanTag.Kind, kind);
        message.Fixed64(SpanTag.Start, 1_767_225_600_000_000_000).Fixed64(SpanTag.End, 1_767_225_601_000_000_000);
        more?.Invoke(message);
        return message.Written;
    }

    public OtlpMessage Varint(uint tag, ulong value)
    {
        writer.Varint(tag, value);
        return this;
    }

    public OtlpMessage Fixed32(uint tag, uint value)
    {
        writer.Fixed32(tag, value);
        return this;
    }

    public OtlpMessage Fixed64(uint tag, ulong value)
    {
        writer.Fixed64(tag, value);
        return this;
    }

    public OtlpMessage Text(uint tag, string value) => Bytes(tag, Encoding.UTF8.GetBytes(value));

    public OtlpMessage Bytes(uint tag, byte[] value)
    {
        writer.Bytes(tag, value);
        return this;
    }

    public OtlpMessage Message(uint tag, Action<OtlpMessage> fields)
    {
        var nested = new OtlpMessage();
        fields(nested);
        return Bytes(tag, nested.Written);
    }

    public OtlpMessage Attributes(uint tag, params (string Key, object Value)[] attributes)
    {
        foreach (var (key, value) in attributes)
        {
            Message(tag, kv => kv.Text(KeyValueTag.Key, key).Message(KeyValueTag.Value, v => v.Value(value)));
        }

        return this;
    }

    public OtlpMessage Event(string name, params (string Key, object Value)[] attributes) =>
        Message(SpanTag.Events, e => e.Fixed64(EventTag.Time, 1_767_225_600_500_000_000).Text(EventTag.Name, name).Attributes(EventTag.Attributes, attributes));

    public OtlpMessage Value(object value) =>
        value switch
        {
            string text => Text(AnyValueTag.Text, text),
            bool flag => Varint(AnyValueTag.Bool, flag ? 1UL : 0),
            int or long => Varint(AnyValueTag.Int, (ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            double number => Fixed64(AnyValueTag.Double, BitConverter.DoubleToUInt64Bits(number)),
            byte[] bytes => Bytes(AnyValueTag.Bytes, bytes),
            object[] items => Message(AnyValueTag.Array, list => Array.ForEach(items, i => list.Message(ListTag.Items, v => v.Value(i)))),
            (string, object)[] entries => Message(AnyValueTag.Map, map => map.Attributes(ListTag.Items, entries)),
            _ => throw new NotSupportedException(value.GetType().Name),
        };
}
