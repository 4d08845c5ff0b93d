import { assertNever } from '../errors';
import { say, texts } from '../text';
import type { Statement } from '../views/what-if';
import type { ClientEffect } from './client-effects';
import type { DataEffect } from './data-effects';
import { type FigureWords, figureOf } from './figure';
import { placesOfService, type Scene } from './scene';
import type { RoutingEffect, SideEffect } from './side-effects';
import type { Takeover } from './takeover';

const statement = (
  code: string,
  nodes: readonly string[],
  text: string,
  figures: Statement['figures'] = [],
): Statement => ({ code, nodes: [...nodes], text, figures });

const nodesOf = (scene: Scene, service: string): string[] =>
  placesOfService(scene, service).map(({ id }) => id);

/** A routing rule without its target. */
export function sayRouting({ rule, takeover }: RoutingEffect, scene: Scene, words: FigureWords): Statement {
  const { breaks, list } = texts(words.language).whatIf;
  const work = say(rule.workload, words.language);
  const nodes = nodesOf(scene, rule.to);
  switch (takeover.kind) {
    case 'promotion':
      return statement(
        'no-target-until',
        nodes,
        breaks['no-target-until'](work, rule.to, list(takeover.nodes)),
      );
    case 'other-copy':
      return statement('no-target-but', nodes, breaks['no-target-but'](work, rule.to, list(takeover.nodes)));
    default:
      return statement('no-target', nodes, breaks['no-target'](work, rule.to));
  }
}

/** What stops beside the workflows. */
export function saySideEffect(effect: SideEffect, scene: Scene, words: FigureWords): Statement {
  const { breaks, list } = texts(words.language).whatIf;
  switch (effect.kind) {
    case 'stands-still': {
      const service = scene.estate.services.find(({ id }) => id === effect.service);
      const parts = (service?.components ?? []).map((part) => say(part, words.language));
      // What a service consists of is its work only where it is named as such; the parts of its software are not.
      const text = breaks['stands-still'](effect.service, service?.tier === 'backend' ? list(parts) : '');
      return statement(effect.kind, nodesOf(scene, effect.service), text);
    }
    case 'logged-out':
      return statement(effect.kind, nodesOf(scene, effect.service), breaks['logged-out'](effect.service));
    case 'stampede': {
      const { service, clients, onto } = effect;
      return statement(
        effect.kind,
        [...nodesOf(scene, service), ...onto],
        breaks.stampede(service, list(clients), list(onto)),
      );
    }
    case 'unwatched':
    case 'not-started':
    case 'not-backed-up':
      return statement(effect.kind, effect.of, breaks[effect.kind](effect.by, list(effect.of)));
    case 'replication-stops':
    case 'link-dead':
      return statement(effect.kind, [effect.from, effect.to], breaks[effect.kind](effect.from, effect.to));
    case 'all-instances':
      return statement(
        effect.kind,
        nodesOf(scene, effect.service),
        breaks['all-instances'](effect.service, effect.least),
      );
    default:
      return assertNever(effect);
  }
}

/** What users feel whose clients choose by themselves. */
export function sayClients(effect: ClientEffect, scene: Scene, words: FigureWords): Statement[] {
  const { breaks, unknown } = texts(words.language).whatIf;
  const { policy, dead, waits, broken } = effect;
  const actor = scene.estate.actors.find(({ id }) => id === policy.actor);
  const name = actor ? say(actor.title, words.language) : policy.actor;
  if (broken) return [statement('no-server-left', dead, breaks['no-server-left'](policy.id, name))];
  const kept = figureOf('', effect.stickiness, 'duration', words);
  return waits.map(({ remembers, wait, meanPerChoice }) => {
    const figure = figureOf(
      words.titles.get(`clientPolicies/${policy.id}/timeout`) ?? policy.id,
      wait,
      'duration',
      words,
    );
    const length = figure.value === null ? unknown : figure.text;
    const text = remembers
      ? breaks.remembered(breaks.half(), length, kept.text)
      : breaks['not-remembered'](breaks.half(), length);
    const mean = meanPerChoice
      ? [
          figureOf(
            texts(words.language).planFigures.formulas['client-wait'],
            meanPerChoice,
            'duration',
            words,
          ),
        ]
      : [];
    return statement(remembers ? 'remembered' : 'not-remembered', dead, text, [figure, ...mean]);
  });
}

/** Who takes over from a service. */
export function sayTakeover(service: string, takeover: Takeover, words: FigureWords): Statement {
  const { takeover: say, list } = texts(words.language).whatIf;
  switch (takeover.kind) {
    case 'other-place': {
      const nodes = list(takeover.nodes);
      const text =
        takeover.by === 'clients'
          ? say.clients(service, nodes)
          : takeover.by === 'balancer'
            ? say.balancer(service, nodes, takeover.via ?? '')
            : say.unstated(service, nodes);
      return statement(takeover.by, takeover.nodes, text);
    }
    case 'promotion': {
      const code = takeover.how === 'unstated' ? 'promotion-unstated' : takeover.how;
      return statement(code, takeover.nodes, say[code](service, list(takeover.nodes)));
    }
    case 'other-copy':
      return statement('other-copy', takeover.nodes, say['other-copy'](service, list(takeover.nodes)));
    case 'behind-cache':
      return takeover.nodes.length === 0
        ? statement('behind-nobody', [], say['behind-nobody'](service))
        : statement('behind-cache', takeover.nodes, say['behind-cache'](service, list(takeover.nodes)));
    case 'nobody':
      return statement(takeover.because, [], say[takeover.because](service));
    default:
      return assertNever(takeover);
  }
}

/** What is lost of a data set. */
export function sayLoss({ set, loss }: DataEffect, scene: Scene, words: FigureWords): Statement {
  const { loss: say, list } = texts(words.language).whatIf;
  const name = typeof set.title === 'string' ? set.title : set.title[words.language];
  const nodes = nodesOf(scene, set.service);
  switch (loss.kind) {
    case 'nothing':
    case 'refilled':
    case 'left-out':
      return statement(loss.kind, nodes, say[loss.kind](name));
    case 'no-committed':
      return statement(loss.kind, nodes, say['no-committed'](name, list(loss.copies)));
    case 'younger-than': {
      const age = figureOf(say.age(name), loss.age, 'duration', words);
      return statement(loss.of, nodes, say[loss.of](name, list(loss.copies)), [age]);
    }
    case 'since-backup':
      return loss.backup === null
        ? statement('since-backup', nodes, say['since-backup'](name))
        : statement('since-backup', nodes, say['since-backup-by'](name, loss.backup));
    case 'sessions': {
      const text =
        loss.keeps === 'nothing'
          ? say['sessions-nothing'](name)
          : loss.keeps === 'what-was-saved'
            ? say['sessions-saved'](name)
            : say['sessions-not-decided'](name);
      return statement(`sessions-${loss.keeps}`, nodes, text);
    }
    default:
      return assertNever(loss);
  }
}
