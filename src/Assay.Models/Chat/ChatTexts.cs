using Microsoft.Extensions.AI;

namespace Assay.Models.Chat;

/// <summary>One message as it is sent.</summary>
internal readonly record struct SentMessage(string Role, string Text);

/// <summary>What is sent of messages: roles and texts.</summary>
internal static class ChatTexts
{
    /// <exception cref="NotSupportedException">A message has content other than text, or tools are asked for.</exception>
    public static List<SentMessage> Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 })
        {
            throw new NotSupportedException("Tools are not sent: take them out of the options.");
        }

        var sent = new List<SentMessage>();
        if (!string.IsNullOrEmpty(options?.Instructions))
        {
            sent.Add(new SentMessage("system", options.Instructions));
        }

        foreach (var message in messages)
        {
            sent.Add(new SentMessage(message.Role.Value, Text(message)));
        }

        return sent;
    }

    private static string Text(ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            if (content is not (TextContent or TextReasoningContent or UsageContent))
            {
                throw new NotSupportedException($"Content of type {content.GetType().Name} is not sent: give texts only.");
            }
        }

        return message.Text;
    }
}
