import { judge, type Question } from './judge.ts';

process.on('message', (question: Question) => {
  void judge(question).then((verdict) => process.send?.(verdict));
});
process.send?.('ready');
