import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route';

describe('routes', () => {
  it.each<[string, Route]>([
    ['#/topology', { place: 'topology', id: null, query: {} }],
    ['#/topology/db', { place: 'topology', id: 'db', query: {} }],
    [
      '#/topology/web%40a%2Fb?show=fact%3Amysql.version',
      { place: 'topology', id: 'web@a/b', query: { show: 'fact:mysql.version' } },
    ],
    ['#/plan?edit=assumptions%2Flink', { place: 'plan', id: null, query: { edit: 'assumptions/link' } }],
  ])('%s there and back', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
    expect(formatRoute(route)).toBe(hash);
  });
  it.each(['', '#', '#/nowhere/x', '#/constructor', 'nonsense'])('%j is the topology', (hash) => {
    expect(parseRoute(hash)).toEqual({ place: 'topology', id: null, query: {} });
  });
  it('survives an escape that means nothing', () => {
    expect(parseRoute('#/topology/%E0%A4%A').id).toBe('%E0%A4%A');
  });
});
