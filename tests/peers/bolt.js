// Slack's own framework for JavaScript as an app of our stand-in: a command, a modal, a message, a press, a Home.
'use strict';
const { App, LogLevel } = require('@slack/bolt');

const { SLACK_API_URL: slackApiUrl, PEER_BOT_TOKEN: token, PEER_APP_TOKEN: appToken } = process.env;
const clientOptions = { slackApiUrl };
const app = new App({
  token,
  appToken,
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions,
  installerOptions: { clientOptions }, // with these it asks for its socket
});

const plain = (text) => ({ type: 'plain_text', text });
const words = (text) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const claim = { type: 'button', action_id: 'claim', text: plain('Claim'), value: 'PR-1001' };

app.command('/privacy', async ({ ack, command, client }) => {
  await ack({ text: `You asked for ${command.text}` });
  await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'reply',
      private_metadata: command.channel_id,
      title: plain('Reply'),
      submit: plain('Send'),
      blocks: [
        {
          type: 'input',
          block_id: 'words',
          label: plain('What to say'),
          element: { type: 'plain_text_input', action_id: 'said' },
        },
      ],
    },
  });
});

app.view('reply', async ({ ack, view, client }) => {
  const said = view.state.values.words.said.value;
  if (said.length < 3) {
    await ack({ response_action: 'errors', errors: { words: 'Please say more.' } });
    return;
  }
  await ack();
  await client.chat.postMessage({
    channel: view.private_metadata,
    text: `PR-1001: ${said}`,
    blocks: [words(said), { type: 'actions', block_id: 'moves', elements: [claim] }],
    metadata: { event_type: 'card', event_payload: { id: '7' } },
  });
});

app.action('claim', async ({ ack, body, client }) => {
  await ack();
  const text = `PR-1001: claimed by <@${body.user.id}>`;
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text, blocks: [words(text)] });
  await client.chat.postMessage({ channel: body.channel.id, thread_ts: body.message.ts, text: 'PR-1001: told' });
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [words('Nothing to do.')] } });
});

app.start().then(
  () => console.log('ready'),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
process.stdin.on('end', () => process.exit(0)).resume(); // goes when its test goes
